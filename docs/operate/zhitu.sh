#!/bin/sh
# /usr/local/bin/zhitu: every command with the settings of the service and as its user.
set -eu
exec setpriv --reuid=zhitu --regid=zhitu --init-groups env HOME=/var/lib/zhitu ZHITU_SETTINGS=/etc/zhitu/zhitu.toml /opt/zhitu/venv/bin/zhitu "$@"
