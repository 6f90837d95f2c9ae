"""What would be if: named changes tried out on the arrays, never on the data."""
