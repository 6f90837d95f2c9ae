"""From the lines of a sheet to its tables: headers, what they head, what stands around them."""
