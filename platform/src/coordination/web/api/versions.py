"""Which version of a thing a change wants to change, and which version an answer shows."""

import re
from typing import Any

from rest_framework.request import Request

from coordination.contracts.refusals import Outdated, VersionMissing, problem

FORM = re.compile(r'(?:W/)?"(\d{1,18})"', re.ASCII)


def wanted_version(request: Request) -> int:
    """The version in If-Match. Raises VersionMissing (428) without it and Invalid when it is not a number in quotes."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise VersionMissing()
    found = FORM.fullmatch(given)
    if not found:
        raise problem("If-Match", "version-unreadable", 'Geef de versie als getal tussen aanhalingstekens, zoals "3".')
    return int(found[1])


def require_current(given: int, present: int, *, yours: Any, current: Any) -> None:
    """Refuse an old version (412) before anything else in the request is judged; both versions go along."""
    if given != present:
        raise Outdated(yours=yours, current=current, version=present)


def version_header(version: int) -> dict[str, str]:
    """The ETag of an answer that shows this version; If-Match takes the same text."""
    return {"ETag": f'"{version}"'}
