"""The process that serves: its sockets, how it begins and how it ends."""
