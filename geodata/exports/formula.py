"""What a spreadsheet would run: the one rule of every csv that leaves."""

import re

# Besides blanks: signs that nobody sees, which some programs drop before they look.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Some read the wide signs of Chinese typing alike; a cell that begins with a break is cut in two.
_BEGINS = re.compile(rf"[\t\r\n]|[\s{_UNSEEN}\"']*[=+\-@＝＋－＠]")


def is_formula(text: str) -> bool:
    """Whether a cell with this text could run as a formula."""
    return _BEGINS.match(text) is not None
