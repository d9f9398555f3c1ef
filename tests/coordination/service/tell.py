"""Sends notices from a process without a server: tell.py <id> …; prints how long the slowest took, in seconds."""

import sys
import time

import django

django.setup()

from coordination.events.notices import Notice  # noqa: E402
from coordination.web.live.notices import send  # noqa: E402

slowest = 0.0
for identifier in sys.argv[1:]:
    started = time.monotonic()
    send("reporting", [Notice(subject="summary", id=identifier, audience=("municipality:9901",))])
    slowest = max(slowest, time.monotonic() - started)
print(round(slowest, 3))
