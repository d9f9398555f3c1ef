"""What a process that goes on for long says of its surroundings when it begins: what is wrong, once and in words.

It begins all the same: what is away is waited for, and comes back by itself.
"""

import threading
from collections.abc import Collection

import structlog
from django.conf import settings

from coordination.service.surroundings import look

# What waits and what is parked concerns a person, and no start.
NOT_NOW = ("coordination.service.surroundings.messages",)
# Who only sends or hears signs nobody in.
NOT_OF_WORKERS = (*NOT_NOW, "coordination.service.provider.provider")

_log = structlog.get_logger(__name__)


def look_around(service: str, *, but: Collection[str] = NOT_NOW) -> None:
    """Take the doctor's looks beside the work, which need not wait for them; a form without a doctor takes none."""
    looks = [name for name in getattr(settings, "VIERSPAN_DOCTOR", []) if name not in but]
    if looks:
        threading.Thread(target=_tell, args=[service, looks], name="look around", daemon=True).start()


def _tell(service: str, looks: list[str]) -> None:
    for finding in look(service, looks):
        if not finding.well:
            _log.warning("surroundings_wrong", service=service, what=finding.what, words=finding.words)
