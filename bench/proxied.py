"""nginx before the service, as docs/operate has it, with a certificate of its own making."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.served import OPERATE, Process, running, wait_for

NAME = "map.example.org"
PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

_NAMED = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
_MAKE_KEY = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *_NAMED)


@contextmanager
def nginx(folder: Path, upstream: Path, *, http: int, https: int) -> Iterator[Process]:
    """nginx with docs/operate/nginx.conf, its paths and ports moved."""
    assert PROGRAM is not None
    (folder / "nginx.conf").write_text(nginx_conf(folder, upstream, http=http, https=https))
    subprocess.run(
        [*_MAKE_KEY, "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True,
        capture_output=True,
    )
    command = [PROGRAM, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with running(command, dict(os.environ), folder) as process:
        wait_for(("127.0.0.1", https), process)
        yield process


def nginx_conf(folder: Path, upstream: Path, *, http: int, https: int) -> str:
    """Our file within the few lines of Debian's own that matter, in a folder of its own."""
    site = (OPERATE / "nginx.conf").read_text(encoding="utf-8")
    moved = {
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/run/zhitu-web/zhitu.sock": str(upstream),
        "/var/cache/nginx/zhitu": str(folder / "cache"),
        "/var/log/nginx/zhitu.log": str(folder / "nginx.log"),
        "/etc/zhitu/tls/": f"{folder}/",
    }
    for there, here in moved.items():
        assert there in site, there
        site = site.replace(there, here)
    folders = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # As root it would serve as nobody, who may not look into folders for tests.
    user = "user root;\n" if os.getuid() == 0 else ""
    return (
        f"{user}daemon off; pid {folder / 'nginx.pid'}; error_log {folder / 'nginx.log'};\n"
        "worker_processes 2; worker_rlimit_nofile 8192;\n"
        f"events {{ worker_connections 4096; }}\nhttp {{\n{folders}{site}}}\n"
    )
