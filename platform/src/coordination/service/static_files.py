"""Gathering and compressing the static files of a process, only when one of them changed since the last time."""

import fcntl
import hashlib
from fnmatch import fnmatch
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

UNUSED = (
    "rest_framework/*",
    "django_htmx/ext/*",
    "django_htmx/htmax-*",
    "django_htmx/htmx-4*",
    "django_htmx/htmx-2.js",
)
"""Files that come with packages and that no page asks for."""


def gather() -> bool:
    """Bring STATIC_ROOT in line with the files of the apps; False when it already was."""
    root = Path(settings.STATIC_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    # Web processes that start together may have one folder: the first gathers, the others wait and find it done.
    with root.with_name(f"{root.name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        mark = root / ".fingerprint"
        digest = _digest()
        if mark.exists() and mark.read_text() == digest:
            return False
        call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=list(UNUSED))
        mark.write_text(digest)
    return True


def _digest() -> str:
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            if not any(fnmatch(name, pattern) for pattern in UNUSED):
                stat = Path(storage.path(name)).stat()
                found.update(f"{name}{stat.st_size}{stat.st_mtime_ns}".encode())
    return found.hexdigest()
