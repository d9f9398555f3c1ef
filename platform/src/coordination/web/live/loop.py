"""The event loop of the server, kept so that threads can hand notices to it."""

import asyncio
import threading

_kept: list[asyncio.AbstractEventLoop] = []
_own: list[asyncio.AbstractEventLoop] = []
_making = threading.Lock()


def keep(loop: asyncio.AbstractEventLoop) -> None:
    """Remember the server's loop; called when the server starts."""
    _kept[:] = [loop]


def kept_loop() -> asyncio.AbstractEventLoop | None:
    """The server's running loop, or None in a process without a server."""
    return _kept[0] if _kept and _kept[0].is_running() else None


def own_loop() -> asyncio.AbstractEventLoop:
    """A loop in a thread of its own, for a process without a server; one for good, so that connections are kept."""
    with _making:
        if not _own:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="notices", daemon=True).start()
            _own.append(loop)
        return _own[0]
