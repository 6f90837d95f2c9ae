"""Own files and Leaflet's, by name; nothing else."""

import pytest

from geodata.errors import NotFoundError
from maps.assets import BUNDLES, STATIC, asset, asset_text, leaflet_folder, leaflet_version


def test_leaflet_is_the_version_the_licence_speaks_of() -> None:
    licence = asset_text("LEAFLET-LICENSE.txt")
    assert leaflet_version() == "1.9.3"
    assert licence.startswith(f"Leaflet {leaflet_version()},")
    assert "Copyright (c) 2010-2022, Volodymyr Agafonkin" in licence
    assert b"Leaflet 1.9.3" in asset("leaflet/leaflet.js")
    assert (leaflet_folder() / "images" / "layers.png").is_file()


@pytest.mark.parametrize(
    "name", ["", "../base.py", "leaflet/../../secret", "/etc/passwd", "leaflet/leaflet-src.js"]
)
def test_only_known_names_are_served(name: str) -> None:
    with pytest.raises(NotFoundError):
        asset(name)


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_never_make_markup_of_text(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
    assert [word for word in forbidden if word in text] == []
    assert [
        word
        for word in ("bindPopup", "bindTooltip", "http://", "https://")
        if word in text.replace("http://www.w3.org/2000/svg", "")
    ] == []
    assert len(text.splitlines()) < 300


def test_a_bundle_is_its_files_in_their_order() -> None:
    script, style = asset("finder-all.js"), asset("finder-all.css")
    assert script == b"\n".join(asset(name) for name in BUNDLES["finder-all.js"])
    assert b"url(leaflet/images/layers.png)" in style
    assert b"url(images/" not in style
    assert style.endswith(asset("finder.css"))
