"""Text is sent packed to whoever takes it: a third of the bytes on a slow phone."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock

from flask import Flask, Response, request

# Below this the head of a gzip file eats what it saves.
LEAST_BYTES = 600
_PACKED = ("text/", "application/json", "application/xml", "image/svg+xml")
_ALSO = ("+json", "+xml", "javascript", "vnd.mapbox-vector-tile")


# From here on packing takes longer than all else about an answer, a whole city 20 ms.
LARGE_BYTES = 100_000
MOST_KEPT = 16


@dataclass(eq=False)
class Kept:
    """The last large public answers, packed, by their tags. Safe to share between threads."""

    _packed: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def packed(self, tag: str, body: bytes) -> bytes:
        """An answer packed now or before: under one tag all say the same."""
        with self._lock:
            if tag in self._packed:
                return self._packed[tag]
        made = gzip.compress(body, 5, mtime=0)
        with self._lock:
            self._packed[tag] = made
            if len(self._packed) > MOST_KEPT:
                self._packed.popitem(last=False)
        return made


def install(app: Flask) -> None:
    """Pack every answer that is text."""
    app.after_request(partial(_pack, Kept()))


def _pack(kept: Kept, response: Response) -> Response:
    if not _is_text(response.mimetype):
        return response
    response.vary.add("Accept-Encoding")
    ready = not (response.is_streamed or response.direct_passthrough or response.content_encoding)
    if not ready or response.status_code in {204, 206, 304} or not _takes_gzip():
        return response
    body = response.get_data()
    if len(body) < LEAST_BYTES:
        return response
    tag, _ = response.get_etag()
    response.set_data(_in_small(kept, response, body, tag))
    response.content_encoding = "gzip"
    if tag:
        # The same document in other bytes: a weak tag is what both share.
        response.set_etag(tag, weak=True)
    return response


def _in_small(kept: Kept, response: Response, body: bytes, tag: str | None) -> bytes:
    if request.endpoint == "assets.asset":
        # Assets stay as they are while the program runs.
        return _packed(body)
    if tag and len(body) >= LARGE_BYTES and not response.cache_control.private:
        return kept.packed(tag, body)
    return gzip.compress(body, 5, mtime=0)


@lru_cache(maxsize=128)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


def _is_text(kind: str | None) -> bool:
    return kind is not None and (kind.startswith(_PACKED) or kind.endswith(_ALSO))


def _takes_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0
