"""`zhitu check`: what is set, and whether everything is there that the service needs."""
