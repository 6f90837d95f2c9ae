"""The media type of a tile."""

MVT = "application/vnd.mapbox-vector-tile"
