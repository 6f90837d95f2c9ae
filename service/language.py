"""The language a page is asked in: `?lang=`, else Chinese."""

from flask import Flask, request
from flask_babel import Babel, get_locale

from maps.catalogue import languages
from maps.words import CHINESE, Words, words_in


def install(app: Flask) -> None:
    """Let every request have its own language.

    Neither a cookie nor Accept-Language is read: an address shows everybody the same page, and
    a phone set to English belongs to a Shanghai worker as well.
    """
    Babel(app, default_locale=str(CHINESE.language.locale), locale_selector=_asked)


def words() -> Words:
    """The words of the request at hand."""
    locale = get_locale()
    spoken = (words_in(code) for code in languages())
    return next((one for one in spoken if one.language.locale == locale), CHINESE)


def _asked() -> str:
    return str(words_in(request.args.get("lang", "")).language.locale)
