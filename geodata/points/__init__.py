"""Service points of every status as an office works on them: found, looked at, changed."""
