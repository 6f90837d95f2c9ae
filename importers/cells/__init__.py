"""From the text of one cell to a typed value, or a CellError that says what it should be."""
