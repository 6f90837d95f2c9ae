"""One small file a union form: its headers and the fields they fill."""
