"""Vector tiles (Mapbox Vector Tile 2.1) of places and areas, written without a library.

A tile is drawn 512 pixels wide, as web maps and QGIS do, so that tile zoom z shows the circles
that `Snapshot.clusters` gives at z + 1. Positions are WGS-84 in Web Mercator.
"""
