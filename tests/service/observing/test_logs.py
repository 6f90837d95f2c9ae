"""What a serving process writes, whoever in it writes: run in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
BEGIN = """
import logging, sys, threading, warnings
logging.basicConfig(format="RAW %(message)s")
server = logging.getLogger("gunicorn.error")
server.addHandler(logging.StreamHandler()); server.propagate = False
from service.observing import logs
logs.begin()
logging.root.setLevel(logging.DEBUG)
"""
WRITES = """
server.warning("Invalid request from ip=192.0.2.1 13812345678")
logging.error("13812345678")
logging.getLogger("authlib.x").debug("code %s", "13812345678")
logging.getLogger("zhitu").error("Exception on %s [%s]", "/13812345678", "GET")
logging.getLogger("other").handle(
    logging.makeLogRecord({"name": "other", "msg": "13812345678", "levelno": 40, "created": None})
)
logs.about(job=7)
warnings.warn("13812345678")

def fails(): raise ValueError("13812345678")
thread = threading.Thread(target=fails)
thread.start(); thread.join()

class Late:
    def __del__(self): raise ValueError("13812345678")
Late()
raise ValueError("13812345678")
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "always", "-c", BEGIN + program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_whatever_is_written_is_one_line_without_what_it_quotes() -> None:
    done = run(WRITES)
    assert (done.stdout, "1381" in done.stderr) == ("", False)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line.get("job") for line in lines] == [None] * 4 + [7] * 4
    # The record that cannot be written is left out.
    assert [(line["level"], line["msg"]) for line in lines] == [
        ("WARNING", ""),
        ("ERROR", ""),
        ("DEBUG", "code …"),
        ("ERROR", "Exception on … […]"),
        ("WARNING", "warning"),
        ("CRITICAL", "uncaught"),
        ("CRITICAL", "uncaught"),
        ("CRITICAL", "uncaught"),
    ]


def test_being_stopped_by_hand_is_no_fault() -> None:
    assert run("raise KeyboardInterrupt").stderr == ""
