"""What a process tells about itself, on a port of its own: figures and whether its loops still go round.

Nothing of it is at the public address. Without METRICS_PORT there is no such port.
"""

import os
import threading
from collections.abc import Callable, Iterable
from importlib.metadata import version
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import REGISTRY, Info, disable_created_metrics, make_wsgi_app

from coordination.events import seen
from coordination.service.environment import MissingSetting, number
from coordination.service.standing import Standing

PORT = "METRICS_PORT"
# Longer than one portion of a consumer may take before others of its group get its messages.
STUCK_AFTER = 90

Answer = Callable[[str, list[tuple[str, str]]], Any]


class _Server(ThreadingMixIn, WSGIServer):
    """Answers each question in a thread of its own, so that a slow one holds up nobody."""

    daemon_threads = True

    def server_bind(self) -> None:
        """Listen, without asking a name server who we are: that can take long, and nobody wants to know."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]
        self.setup_environ()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: whoever watches asks every few seconds."""


def tell(services: Iterable[str] = ()) -> None:
    """Answer at METRICS_PORT from now on, when there is one; services are those whose standing this process tells.

    Raises MissingSetting when that port is no number or is taken.
    """
    port = number(PORT, 0)
    if not port:
        return
    host = os.environ.get("METRICS_HOST") or "127.0.0.1"
    try:
        server = make_server(host, port, application, server_class=_Server, handler_class=_Quiet)
    except OSError as fault:
        raise MissingSetting(
            f"{PORT} noemt poort {port}, en daar kan niet worden geluisterd: {fault.strerror}."
        ) from None
    disable_created_metrics()
    Info("vierspan_build", "The version that runs").info({"version": version("vierspan-platform")})
    REGISTRY.register(Standing(services))
    threading.Thread(target=server.serve_forever, name="watching", daemon=True).start()


def stuck() -> list[str]:
    """The loops of this process that did not come round for too long."""
    return [f"{service} {loop}" for (service, loop), age in sorted(seen.rounds().items()) if age > STUCK_AFTER]


_metrics = make_wsgi_app()


def application(asked: dict[str, Any], start_response: Answer) -> Iterable[bytes]:
    """Answers /metrics and /healthz, and says that these are what there is."""
    path = asked["PATH_INFO"]
    if path == "/metrics":
        return _metrics(asked, start_response)
    if path == "/healthz":
        waiting = stuck()
        start_response("503 Service Unavailable" if waiting else "200 OK", [("Content-Type", "text/plain")])
        return [(f"stuck: {', '.join(waiting)}\n" if waiting else "going round\n").encode()]
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"/metrics or /healthz\n"]
