"""Who works with the data, what they may do and what they did."""
