"""How it is reached: the web application and the command line."""
