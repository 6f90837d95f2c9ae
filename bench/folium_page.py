"""Places on a page as folium's FastMarkerCluster writes it, from a server that packs as ours."""

import re
from pathlib import Path

import folium
from flask import Flask, Response
from folium.plugins import FastMarkerCluster

from geodata.snapshot import Snapshot
from maps.assets import asset
from service import compression

PLAIN = "function (row) { return L.marker(new L.LatLng(row[0], row[1])); }"
# Its icons and fonts come from elsewhere; without them it is only faster.
ELSEWHERE = re.compile(r'<script src="https?://[^>]*></script>|<link[^>]*href="https?://[^>]*>')


def folium_page(city: Snapshot, folder: Path) -> Flask:
    """FastMarkerCluster as folium writes it; the scripts it needs come from this server."""
    places = [[place.lat, place.lon] for place in city.places if place.placed]
    made = folium.Map(location=[31.2, 121.47], zoom_start=10, tiles=None)
    cluster = FastMarkerCluster(places, callback=PLAIN)  # type: ignore[no-untyped-call]
    cluster.add_to(made)
    own = "".join(
        f'<script src="/{name}"></script>' for name in ("leaflet.js", "leaflet.markercluster.js")
    )
    # Without tiles folium leaves out maxZoom, and the cluster refuses to work.
    own += "<script>L.Map.mergeOptions({ maxZoom: 18 })</script>"
    head = f'<head><link rel="stylesheet" href="/leaflet.css">{own}'
    html = ELSEWHERE.sub("", made.get_root().render()).replace("<head>", head)
    files = {name: asset(f"leaflet/{name}") for name in ("leaflet.css", "leaflet.js")}
    script = folder / "dist" / "leaflet.markercluster.js"
    files[script.name] = script.read_bytes()
    app = Flask("folium_page", static_folder=None)
    compression.install(app)

    def file(name: str) -> Response:
        kind = "text/css" if name.endswith("css") else "text/javascript"
        return Response(files.get(name, b""), content_type=kind)

    app.add_url_rule("/", "page", lambda: html)
    app.add_url_rule("/<name>", "file", file)
    return app
