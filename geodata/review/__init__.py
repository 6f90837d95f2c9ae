"""What a person is asked about an address, what he decided, and how it is put into effect."""
