"""What a health point must hold (两固三定): what is due, what is overdue, and a calendar of it."""
