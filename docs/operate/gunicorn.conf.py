"""gunicorn behind nginx: two processes, eight threads each. See docs/operate.md.

    gunicorn -c gunicorn.conf.py service.wsgi:application

It listens on the socket that systemd hands over, else on the one named here or by --bind. Only
nginx may reach it: gunicorn gives a thread to every client that sends slowly, nginx does not.
GUNICORN_CMD_ARGS="--workers 4" changes what stands here.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

bind = "unix:/run/zhitu-web/zhitu.sock"
worker_class = "gthread"
workers = 2
threads = 8

# The application is made once, before the workers: one process upgrades the database, all sign
# with the same key, and what is wrong is said in one sentence. A new version therefore takes a
# restart, not a reload.
preload_app = True

# A worker that does not answer for so long is replaced.
timeout = 120
# After SIGTERM what is being answered may go on for so long; systemd waits longer.
graceful_timeout = 30
keepalive = 5

limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190

# The service writes its own lines (ZHITU_LOG=json), which hold no address and no query.
accesslog = None
errorlog = "-"

# Where one user runs several gunicorns they would share this one socket.
control_socket_disable = True
# The heartbeat of a worker must not wait for a disk.
if os.access("/dev/shm", os.W_OK):
    worker_tmp_dir = "/dev/shm"

# The workers count requests together here, if metrics are asked for at all. systemd and
# containers name an empty folder; without one it is made.
made = "PROMETHEUS_MULTIPROC_DIR" not in os.environ
if made:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="zhitu-metrics-")
Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)


def post_worker_init(_worker: Any) -> None:
    """A worker was forked and begins."""
    from service import wsgi

    wsgi.begin_worker()


def child_exit(_server: Any, worker: Any) -> None:
    """What a worker held at its end is held no more; what it counted stays counted."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    """Leave nothing in the folder for temporary files."""
    if made:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
