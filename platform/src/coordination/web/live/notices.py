"""Sends notices to the browsers that may have them; a notice names what changed and nothing more."""

import asyncio
import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence

import structlog
from channels.layers import InMemoryChannelLayer, get_channel_layer

from coordination.events.notices import Notice
from coordination.web.live.loop import kept_loop, own_loop

log = structlog.get_logger(__name__)
HOUSE = "house:house"
PATIENCE = 5
NAMEABLE = re.compile(r"[A-Za-z0-9._-]{1,90}", re.ASCII)


def group_of(service: str, audience: str) -> str:
    """The channel group of an organisation in a service: intake.municipality.9901.

    A key that a group cannot be named after is replaced by its digest.
    """
    name = f"{service}.{audience.replace(':', '.', 1)}"
    return name if NAMEABLE.fullmatch(name) else f"{service}.{hashlib.sha256(audience.encode()).hexdigest()}"


def send(service: str, notices: Sequence[Notice]) -> None:
    """Hand notices to the server's loop, from whatever thread; a notice that cannot be sent is logged and dropped.

    A process without a server has nobody to tell in memory, and sends only when its layer reaches other processes.
    """
    layer = get_channel_layer()
    if layer is None or not notices:
        return
    loop = kept_loop()
    if loop is None and isinstance(layer, InMemoryChannelLayer):
        return
    # Whoever saved something need not wait until all have heard of it; only a process that may end at once waits.
    loop = loop or _running_loop()
    try:
        if loop is not None:
            asyncio.run_coroutine_threadsafe(_send_all(layer, service, notices), loop)
        else:
            asyncio.run_coroutine_threadsafe(_send_all(layer, service, notices), own_loop()).result(PATIENCE)
    except Exception:
        log.exception("notice_lost", service=service)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


async def _send_all(layer, service: str, notices: Sequence[Notice]) -> None:
    # One message per organisation, however much changed for it.
    changed: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for notice in notices:
        for audience in (*notice.audience, HOUSE):
            changed[group_of(service, audience)][notice.subject, notice.id] = None
    messages = {group: {"type": "notices", "changed": list(things)} for group, things in changed.items()}
    try:
        if isinstance(layer, InMemoryChannelLayer):
            for group, message in messages.items():
                await layer.group_send(group, message)
        else:
            await layer.send_to_groups(messages)
    except Exception:
        log.exception("notice_lost", service=service, groups=list(messages))
