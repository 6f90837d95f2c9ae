"""What the public tells of a place, and what it is shown beyond the lists."""
