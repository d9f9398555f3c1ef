"""The WebSocket of a service: tells a signed-in browser what changed for its organisations."""

from typing import Any
from weakref import WeakSet

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.urls import URLPattern, path

from coordination.identity.accounts import actor_of
from coordination.web.live.notices import group_of
from coordination.web.seen import SOCKETS

log = structlog.get_logger(__name__)
NOT_SIGNED_IN = 4401
TRY_AGAIN = 1012

_open: WeakSet["LiveConsumer"] = WeakSet()


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """Joins the groups of whoever is signed in; what the browser says is ignored."""

    def __init__(self, *, service: str) -> None:
        super().__init__()
        self.service = service
        self.joined: list[str] = []

    async def connect(self) -> None:
        """Let in who is signed in; others are let in only to be told why they are closed, which a refusal cannot."""
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.accept()
            await self.close(code=NOT_SIGNED_IN)
            return
        actor = await database_sync_to_async(actor_of)(user)
        # First the groups, then the door: what changes once a browser knows itself connected always reaches it.
        for audience in actor.audiences:
            group = group_of(self.service, audience)
            await self.channel_layer.group_add(group, self.channel_name)
            self.joined.append(group)
        await self.accept()
        _open.add(self)
        SOCKETS.labels(self.service).inc()

    async def disconnect(self, code: int) -> None:
        """Leave the groups."""
        if self in _open:
            _open.discard(self)
            SOCKETS.labels(self.service).dec()
        for group in self.joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **_rest: Any) -> None:
        """A browser has nothing to tell here."""

    async def notices(self, message: dict[str, Any]) -> None:
        """Pass on what changed, a message for each."""
        for subject, identifier in message["changed"]:
            await self.send_json({"subject": subject, "id": identifier})


async def close_all() -> int:
    """Close every socket of this process so that its browser comes back and asks again; gives how many."""
    leaving = list(_open)
    for consumer in leaving:
        try:
            await consumer.close(code=TRY_AGAIN)
        except Exception as fault:
            log.info("socket_gone", error=str(fault))
    return len(leaving)


def route(service: str) -> URLPattern:
    """The address pattern of a service's WebSocket: /<service>/live."""
    return path(f"{service}/live", LiveConsumer.as_asgi(service=service))
