"""Who waits while another loads takes what that one found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.store import Store
from geodata.version import grow_version


class Late(Store):
    """Between asking for the version and waiting for its turn, something else happens."""

    meanwhile: list[Callable[[], object]]

    def version(self) -> int:
        asked = super().version()
        while self.meanwhile:
            self.meanwhile.pop()()
        return asked


@pytest.mark.parametrize("held", [Store.snapshot, Store.city])
def test_a_newer_state_is_not_loaded_again_for_who_asked_before_it(
    tmp_path: Path, held: Callable[[Store], object]
) -> None:
    url = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
    Store.open(url).close()
    late, seen = Late.attached(url), []
    late.meanwhile = []
    assert isinstance(late, Late)

    def change() -> None:
        with late.writing() as session:
            grow_version(session)
        seen.append(held(late))

    held(late)
    late.meanwhile = [change]
    assert held(late) is seen[0]
    late.close()
