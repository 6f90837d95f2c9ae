"""Maps and reports on paper, drawn with Matplotlib, which is an extra and loaded when needed."""
