"""The grammar's version: what was remembered under an older one is asked anew."""

# Raised when a change makes an address already paid for come apart differently.
VERSION = 1
