"""Opening hours: words, times of day, statements, a weekly calendar, in this order."""
