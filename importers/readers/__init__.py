"""File formats to sheets of cells; nothing here knows a form."""
