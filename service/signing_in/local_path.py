"""Where to go on to after signing in: never to another site."""

HOME = "/desk"
# Signs: what is longer fits no address line or header of some proxy on the way.
_LONGEST = 2_000


def local_path(path: str) -> str:
    """A path of this service to go on to; anything that could lead elsewhere is the first page."""
    # Two slashes further in lead elsewhere once somebody on the way drops the dots before them.
    if len(path) > _LONGEST or not path.startswith("/") or "//" in path.partition("?")[0]:
        return HOME
    # Browsers read \ as / and drop control characters before they look for a host.
    if "\\" in path or any(ord(sign) < 32 for sign in path):
        return HOME
    return path
