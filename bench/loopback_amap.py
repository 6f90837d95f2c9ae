"""AMap's side of a batch: an answer for every address, always the same one."""

from collections import Counter
from typing import Any
from zlib import crc32

from bench.loopback import Asked, Loopback, Reply


def amap(asked: Asked) -> Reply:
    """AMap: every door lies where its text's checksum says, near the middle of Shanghai."""
    return Reply(
        {"status": "1", "infocode": "10000", "geocodes": list(map(_geocode, lines(asked)))}
    )


def lines(asked: Asked) -> list[str]:
    """The addresses of an AMap request."""
    return asked.params["address"].split("|")


def sends(server: Loopback) -> Counter[str]:
    """How often each address was sent to an AMap."""
    return Counter(line for asked in list(server.asked) for line in lines(asked))


def _geocode(line: str) -> dict[str, Any]:
    at = crc32(line.encode())
    lon, lat = 121.42 + at % 1000 / 10_000, 31.20 + at // 1000 % 1000 / 10_000
    empty: dict[str, Any] = {key: [] for key in ("district", "township", "street", "number")}
    return {
        **empty,
        "formatted_address": line,
        "location": f"{lon:.6f},{lat:.6f}",
        "level": "门牌号",
    }
