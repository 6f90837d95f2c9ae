"""Asks where one more health point serves the most workers, and waits for the proof.

python siting.py https://zhitu.example.org zhitu_…
"""

import json
import sys
import time
import uuid
from typing import Any
from urllib.request import Request, urlopen


def ask(url: str, token: str, *, sent: object = None, key: str = "") -> Any:
    """One call; what is sent under one key is done once, however often the line breaks."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    headers |= {"Idempotency-Key": key} if key else {}
    body = None if sent is None else json.dumps(sent).encode()
    asked = Request(url, data=body, headers=headers)  # noqa: S310 - the caller's own address
    with urlopen(asked, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


if __name__ == "__main__":
    base, token = sys.argv[1:]
    question = {"model": "mclp", "walk_m": 1000, "new": {"count": 1}}
    job = ask(f"{base}/api/v1/siting", token, sent=question, key=str(uuid.uuid4()))
    where = f"{base}/api/v1/siting/{job['job']}"
    while (job := ask(where, token))["state"] in {"waiting", "running"}:
        time.sleep(1)
    found = ask(f"{where}/result", token)
    for pick in found["picks"]:
        sys.stdout.write(f"{pick['name']} {pick['lon']} {pick['lat']}\n")
