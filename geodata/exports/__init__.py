"""Service points as files for other programs, written as they are read: nothing is held twice."""
