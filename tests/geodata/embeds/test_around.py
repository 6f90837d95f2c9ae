"""A site by its name or number, for a map of what is near it."""

import pytest

from geodata.embeds.around import site_around
from geodata.errors import ParameterError
from geodata.store import Store


@pytest.mark.parametrize("text", ["没有这个园区", "7", "9" * 30, "a\x00b", "%", "'"])
def test_what_no_site_is_called_is_not_found_in_any_database(any_store: Store, text: str) -> None:
    with any_store.reading() as session, pytest.raises(ParameterError, match="没有叫"):
        site_around(session, text)
