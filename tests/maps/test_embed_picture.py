"""Still pictures of maps."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from geodata.snapshot import Circle
from maps.embed_picture import Picture, png, zoom_of
from maps.printed.drawing import CannotDrawError, filled
from maps.words import CHINESE

BOUNDS = (121.4, 31.15, 121.6, 31.3)


def picture(*, outlines: bool = True) -> Picture:
    circles = (Circle(121.5, 31.2, 12),)
    return Picture(BOUNDS, 400, 300, (), circles, (), outlines, "职图 · 示意图")


def test_without_a_chinese_font_the_sentence_names_the_package() -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(CannotDrawError, match="请管理员装 fonts-noto-cjk"):
        png(picture(), CHINESE, fonts=("No Such Font",))


def test_outlines_are_drawn_only_where_they_may_be() -> None:
    pytest.importorskip("matplotlib")
    drawn = [png(picture(outlines=outlines), CHINESE) for outlines in (True, False)]
    assert drawn[0] != drawn[1]
    assert [one[:8] for one in drawn] == [b"\x89PNG\r\n\x1a\n"] * 2


def test_pictures_asked_for_at_once_are_the_same_as_one_after_another() -> None:
    pytest.importorskip("matplotlib")
    alone = png(picture(), CHINESE)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: png(picture(), CHINESE), range(4))) == {alone}


def test_a_kilometre_is_as_long_both_ways() -> None:
    west, south, east, north = filled((121.0, 31.0, 121.1, 31.01), 800, 400)
    narrow = 0.857
    assert round((east - west) * narrow / (north - south), 2) == 2.0
    assert (west < 121.0, east > 121.1, south < 31.0, north > 31.01) == (True,) * 4


def test_the_zoom_is_the_one_a_map_of_that_width_has() -> None:
    assert zoom_of((0.0, 0.0, 360 / 2**10, 1.0), 256) == 10
