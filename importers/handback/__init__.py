"""The forms handed back: filled in, with their faults marked, or blank."""
