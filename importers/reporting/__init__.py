"""What was found while reading a file, counted whole, kept bounded, told to a planner."""
