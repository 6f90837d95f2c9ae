"""From positions to who is served: arithmetic on arrays, no database and no clock."""
