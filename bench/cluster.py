"""PostgreSQL clusters of our own that can be stopped, killed, copied and promoted."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.postgres_programs import run, user
from bench.served import children, free_port

SUPERUSER = "zhitu"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data folder and the port of its server."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder.parent}"
        log = self.folder.parent / f"{self.folder.name}.log"
        self._control("start", "-w", "-l", str(log), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` rolls back and says goodbye, `immediate` just ends."""
        self._control("stop", "-m", mode)

    def kill(self) -> None:
        """kill -9 of the server; its own processes follow within moments."""
        os.kill(self._pid(), signal.SIGKILL)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """All its processes stand still, while the kernel goes on to take what is sent to them."""
        stopped = [self._pid()]
        os.kill(stopped[0], signal.SIGSTOP)
        try:
            for one in children(stopped[0]):
                os.kill(one, signal.SIGSTOP)
                stopped.append(one)
            yield
        finally:
            for one in stopped:
                os.kill(one, signal.SIGCONT)

    def promote(self) -> None:
        """Make a standby the primary, and wait until it is."""
        self._control("promote", "-w")

    def set(self, **settings: str) -> None:
        """Write settings for the next start or reload."""
        with (self.folder / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{text}'\n" for name, text in settings.items())

    def reload(self) -> None:
        """Read the settings again."""
        self._control("reload")

    def copy(self, name: str) -> "Cluster":
        """A standby that follows this one by streaming; not started yet."""
        other = Cluster(self.folder.parent / name, free_port())
        application = f"application_name={name}"
        source = f"host=127.0.0.1 port={self.port} user={SUPERUSER} {application}"
        run("pg_basebackup", "-D", str(other.folder), "-d", source, "-R", "-c", "fast")
        return other

    def end(self) -> None:
        """Stop it however it is."""
        with suppress(subprocess.CalledProcessError):
            self.stop("immediate")

    def _pid(self) -> int:
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def _control(self, what: str, *more: str) -> None:
        run("pg_ctl", "-D", str(self.folder), *more, what)


@contextmanager
def cluster(**settings: str) -> Iterator[Cluster]:
    """A running cluster with its settings, gone afterwards together with its copies."""
    # Unix socket paths are short, so the folder is not under the caller's.
    folder = Path(tempfile.mkdtemp(prefix="zhitu-pg-"))
    if user():
        shutil.chown(folder, "postgres")
    made = Cluster(folder / "first", free_port())
    try:
        where = ("-D", str(made.folder), "-U", SUPERUSER, "--auth=trust", "-E", "UTF8")
        run("initdb", *where, "--no-sync")
        made.set(**settings)
        made.start()
        yield made
    finally:
        for data in folder.glob("*/PG_VERSION"):
            Cluster(data.parent, 0).end()
        shutil.rmtree(folder, ignore_errors=True)
