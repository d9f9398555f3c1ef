"""A notice says what changed, never how: a browser asks again through a query, which checks who asks."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """subject is a word such as activity or summary; audience the organisations that may know, as kind:key."""

    subject: str
    id: str
    audience: tuple[str, ...] = ()


def announce(service: str, notices: Sequence[Notice]) -> None:
    """Hand notices to the place the settings name (VIERSPAN_NOTICE_SINK). A lost notice is never a failed command."""
    path = getattr(settings, "VIERSPAN_NOTICE_SINK", "")
    if not path or not notices:
        return
    try:
        import_string(path)(service, list(dict.fromkeys(notices)))
    except Exception:
        log.exception("notice_lost", service=service)
