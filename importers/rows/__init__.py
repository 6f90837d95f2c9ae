"""From a recognised table to records: whole entries, read cell by cell, made what they declare."""
