"""The web server of every form: it stops on a signal and ends with a status that tells how that went."""

import os
import signal
import socket
import warnings
from collections.abc import Callable

from coordination.service.environment import number

GRACE = 5


def serve(application: str, *, quiet: Callable[[], bool] = lambda: True) -> int:
    """Serve an ASGI application at HOST and PORT until told to stop; 0 when it started and all of it ended in time.

    quiet says afterwards whether nothing of the process still runs. Only the proxies of VIERSPAN_PROXIES are believed
    about who asks and how. With PORT_SHARED several processes of a service have one address between them.
    """
    import uvicorn

    # Style sheets and scripts come as plain iterators; that Django reads them in a thread is all it says.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    proxies = os.environ.get("VIERSPAN_PROXIES", "")
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            host=os.environ.get("HOST") or "127.0.0.1",
            port=number("PORT", 8000),
            lifespan="on",
            log_level="warning",
            # Its lines go where the settings send those of every library.
            log_config=None,
            timeout_graceful_shutdown=GRACE,
            # Notices are shorter than what compressing them would keep in memory for each socket.
            ws_per_message_deflate=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies,
        )
    )
    # The server repeats the signal it was stopped by once it is done; ending well is then for the exit status to say.
    # One that comes before it listens to signals ends a process that has nothing to finish.
    for number_of_signal in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number_of_signal, lambda *_: None if server.should_exit else os._exit(0))
    server.run(sockets=[_shared(server.config.host, server.config.port)] if os.environ.get("PORT_SHARED") else None)
    return 0 if server.started and quiet() else 1


def _shared(host: str, port: int) -> socket.socket:
    """A place at a port where others listen too: the system gives each visitor to one of those that are ready."""
    place = socket.socket()
    for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
        place.setsockopt(socket.SOL_SOCKET, option, 1)
    place.bind((host, port))
    return place
