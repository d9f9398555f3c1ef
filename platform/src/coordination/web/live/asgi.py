"""Pages over HTTP and notices over WebSockets, the latter only for pages of our own origin."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import re_path

from coordination.web.pages import InOneThread

FOREIGN = 4403
UNKNOWN = 4404


class OwnOriginOnly:
    """Refuses a WebSocket whose Origin is not the very host and port it asks, as a browser of another site sends."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Let own pages through; close the rest before it is opened (HTTP 403)."""
        headers = dict(scope["headers"])
        if is_own(headers.get(b"origin", b"").decode("latin-1"), headers.get(b"host", b"").decode("latin-1")):
            await self.inner(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": FOREIGN})


def is_own(origin: str, host: str) -> bool:
    """Whether an Origin is the host and port that were asked, and that is one this house answers to."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.netloc.lower() != host.lower():
        return False
    domain, _port = split_domain_port(host)
    return validate_host(domain, settings.ALLOWED_HOSTS)


async def _unknown(_scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.close", "code": UNKNOWN})


def live_application(websocket_patterns: Sequence[Any]) -> ProtocolTypeRouter:
    """An ASGI application of the Django pages and these WebSocket addresses."""
    sockets = URLRouter([*websocket_patterns, re_path(r"", _unknown)])
    return ProtocolTypeRouter({"http": InOneThread(), "websocket": OwnOriginOnly(AuthMiddlewareStack(sockets))})
