"""Which sites may show our maps in a frame of theirs."""
