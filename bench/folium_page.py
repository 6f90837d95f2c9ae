"""Places on a page as folium's FastMarkerCluster writes it, sent plain or packed as ours are."""

import re
from pathlib import Path

import folium
from flask import Flask, Response
from folium.plugins import FastMarkerCluster

from geodata.snapshot import Snapshot
from maps.assets import asset
from service import compression

PLAIN = "function (row) { return L.marker(new L.LatLng(row[0], row[1])); }"
# What `npm install` of the packages in README.md leaves; two small style sheets of folium's are
# in no package and stay empty.
PACKAGES = {
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}
ELSEWHERE = re.compile(r'((?:src|href)=")https?://[^"]*/')


def folium_page(city: Snapshot, packages: Path, *, packed: bool) -> Flask:
    """The page with everything folium loads, but from this server instead of four others.

    A saved map is a file, which a plain server sends as it is; `packed` sends it as ours are.
    """
    places = [[place.lat, place.lon] for place in city.places if place.placed]
    made = folium.Map(location=[31.2, 121.47], zoom_start=10, tiles=None)
    cluster = FastMarkerCluster(places, callback=PLAIN)  # type: ignore[no-untyped-call]
    cluster.add_to(made)
    html = ELSEWHERE.sub(r"\1/", made.get_root().render())
    # Without tiles folium leaves out maxZoom, and the cluster refuses to work.
    zoom = '<script src="/zoom.js"></script></head>'
    html = html.replace("</head>", zoom, 1)
    files = {name: (packages / path).read_bytes() for name, path in PACKAGES.items()}
    files |= {name: asset(f"leaflet/{name}") for name in ("leaflet.css", "leaflet.js")}
    files["zoom.js"] = b"L.Map.mergeOptions({ maxZoom: 18 });"
    app = Flask("folium_page", static_folder=None)
    if packed:
        compression.install(app)

    def file(name: str) -> Response:
        kind = "text/css" if name.endswith("css") else "text/javascript"
        return Response(files.get(name, b""), content_type=kind)

    app.add_url_rule("/", "page", lambda: html)
    app.add_url_rule("/<name>", "file", file)
    return app
