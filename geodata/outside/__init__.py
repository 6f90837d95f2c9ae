"""The only way out: requests to configured hosts, and to no private address nobody named."""
