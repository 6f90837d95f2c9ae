"""What a process that does a job is told by the one that started it."""

from dataclasses import dataclass

from geodata.jobs.model import Job

CANCEL, LEAVE = b"cancel\n", b"leave\n"


@dataclass(frozen=True, slots=True)
class Order:
    """One job, who holds it, and a folder for what it writes on the way."""

    job: Job
    holder: str
    folder: str
