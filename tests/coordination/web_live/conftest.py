"""A real server on a port of its own, with browsers that listen to it."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from django.test import Client
from tests.coordination.web_live.addresses import websocket_urlpatterns
from websockets.sync.client import ClientConnection, connect

from coordination.identity import accounts
from coordination.identity.models import Account
from coordination.web.live.asgi import live_application
from coordination.web.live.loop import keep


def new_account(email: str, role: str, kind: str, key: str) -> Account:
    """Somebody with one role."""
    account = accounts.create_account(email=email, name="Iemand")
    accounts.add_membership(account=account, role=role, kind=kind, key=key)
    return account


class Server:
    """Uvicorn in a thread, with the loop kept as every form of the house keeps it."""

    def __init__(self) -> None:
        inner = live_application(websocket_urlpatterns)

        async def application(scope, receive, send) -> None:
            if scope["type"] != "lifespan":
                await inner(scope, receive, send)
                return
            while True:
                message = await receive()
                if message["type"] == "lifespan.startup":
                    keep(asyncio.get_running_loop())
                await send({"type": f"{message['type']}.complete"})
                if message["type"] == "lifespan.shutdown":
                    return

        config = uvicorn.Config(application, host="127.0.0.1", port=0, lifespan="on", log_level="warning")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> None:
        """Start and wait for the port."""
        self._thread.start()
        until = time.monotonic() + 10
        while not self._server.started:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Stop and wait for it."""
        self._server.should_exit = True
        self._thread.join(10)

    @property
    def origin(self) -> str:
        """Where its own pages come from."""
        return f"http://127.0.0.1:{self.port}"

    def listen(self, service: str, account: Account | None, origin: str | None = "") -> ClientConnection:
        """A WebSocket of this account's browser, from the server's own origin unless told otherwise."""
        headers = {}
        if account is not None:
            browser = Client()
            browser.force_login(account, backend="coordination.identity.backends.Accounts")
            headers["Cookie"] = f"sessionid={browser.cookies['sessionid'].value}"
        return connect(
            f"ws://127.0.0.1:{self.port}/{service}/live",
            origin=self.origin if origin == "" else origin,
            additional_headers=headers,
        )


def heard(connection: ClientConnection, within: float = 1) -> dict | None:
    """The next notice, or None when none comes in that many seconds."""
    try:
        return json.loads(connection.recv(timeout=within))
    except TimeoutError:
        return None


@pytest.fixture
def server(transactional_db) -> Iterator[Server]:
    """A running server."""
    running = Server()
    running.start()
    yield running
    running.stop()
