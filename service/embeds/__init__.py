"""Maps on other sites: the page in the frame, its builder, its lines, and why a map stays blank."""
