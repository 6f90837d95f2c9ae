"""`/tiles`: vector tiles of the public places and of coverage, with their TileJSON."""
