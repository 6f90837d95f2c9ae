"""How somebody comes in: by a password, by the office's own sign-in, or by a program's token."""
