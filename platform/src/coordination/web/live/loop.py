"""The event loop of the server, kept so that threads can hand notices to it."""

import asyncio

_kept: list[asyncio.AbstractEventLoop] = []


def keep(loop: asyncio.AbstractEventLoop) -> None:
    """Remember the server's loop; called when the server starts."""
    _kept[:] = [loop]


def kept_loop() -> asyncio.AbstractEventLoop | None:
    """The server's running loop, or None in a process without a server."""
    return _kept[0] if _kept and _kept[0].is_running() else None
