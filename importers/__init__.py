"""What offices send: any file to typed rows, or a refusal that names the cell."""
