"""From an address as written to a WGS-84 position with an honest error radius."""
