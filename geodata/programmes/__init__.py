"""A year's programmes: what the notices aim at, and how far the districts have come."""
