"""docs/operate.md word by word, in a Debian 12 of its own: `python -m bench.operated FOLDER`.

FOLDER is made before, as root, with the source where the page wants it:

    debootstrap --variant=minbase bookworm FOLDER && mount --rbind /dev FOLDER/dev
    mount -t proc proc FOLDER/proc && mkdir -p FOLDER/opt/zhitu/source
    git archive HEAD | tar -x -C FOLDER/opt/zhitu/source

Every block marked `sh` is run in it, in order; what systemd would run is taken from the units.
"""

import re
import subprocess
import sys
import time
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "operate.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# From here on the page asks the running site.
_ASKS = "curl --silent"


def blocks() -> list[str]:
    """The commands of the page that are to be run here."""
    return _BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def unit(name: str) -> ConfigParser:
    """A unit of docs/operate; of a key that is there twice the last."""
    read = ConfigParser(strict=False, interpolation=None, delimiters="=")
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(ROOT / "docs" / "operate" / name, encoding="utf-8")
    return read


def run(folder: Path, command: str) -> None:
    """Run commands as root in that Debian; the first that fails is the end."""
    print(f"\n$ {command.strip()}", flush=True)
    subprocess.run(["chroot", folder, "bash", "-euo", "pipefail", "-c", command], check=True)


class Started:
    """What systemd would run, started in its stead."""

    def __init__(self, folder: Path) -> None:
        service = unit("zhitu.service")["Service"]
        socket = unit("zhitu.socket")["Socket"]["ListenStream"]
        home = Path(socket).parent
        run(folder, f"install --directory --owner=zhitu {home} /run/zhitu")
        pages = f"{service['ExecStart']} --bind unix:{socket}"
        work = unit("zhitu-work.service")["Service"]["ExecStart"]
        as_user = (
            "cd /var/lib/zhitu && exec setpriv --reuid=zhitu --regid=zhitu --init-groups"
            f" env HOME=/var/lib/zhitu {service['Environment']}"
        )
        self._all = [
            self._start(folder, f"{as_user} {pages}"),
            self._start(folder, f"{as_user} {work}"),
            self._start(folder, "exec nginx -g 'daemon off;'"),
        ]
        self._socket = folder / socket.lstrip("/")

    def stop(self) -> list[int]:
        """End them; their exit codes."""
        for one in self._all:
            one.terminate()
        return [one.wait(60) for one in self._all]

    def _start(self, folder: Path, command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(["chroot", folder, "bash", "-c", command])

    def wait(self) -> None:
        """Wait until the site answers."""
        until = time.monotonic() + 120
        while not self._socket.exists():
            if time.monotonic() > until or self._all[0].poll() is not None:
                raise SystemExit("the site did not start")
            time.sleep(0.2)


def main(folder: Path) -> None:
    """Run the page; says how many blocks went well."""
    started, codes = None, []
    try:
        for block in blocks():
            if block.startswith(_ASKS) and started is None:
                started = Started(folder)
                started.wait()
            run(folder, block)
    finally:
        if started is not None:
            codes = started.stop()
    print(f"\n{len(blocks())} blocks went well; what was running ended with {codes}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
