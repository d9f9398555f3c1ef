"""The relays and consumers of all services as threads of one process."""

import threading
from collections.abc import Callable
from importlib import import_module

import structlog
from django.conf import settings

from coordination.events.consumer import Consumer
from coordination.events.relay import Relay

log = structlog.get_logger(__name__)


class Engine:
    """Starts a relay and a consumer per service, and stops them after the record they are at."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._died: dict[str, str] = {}

    def start(self) -> None:
        """Start all threads."""
        for service in settings.SERVICES:
            subscriptions = import_module(f"{service}.subscriptions").SUBSCRIPTIONS
            self._run(f"relay-{service}", Relay(service).run)
            self._run(f"consume-{service}", Consumer(subscriptions).run)

    def _run(self, name: str, work: Callable[[threading.Event], object]) -> None:
        def guarded() -> None:
            try:
                work(self.stopping)
            except BaseException as fault:
                self._died[name] = str(fault)
                log.exception("worker_died", worker=name)

        thread = threading.Thread(target=guarded, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def also(self, name: str, work: Callable[[threading.Event], object]) -> None:
        """Run something else beside them, such as the loading of an example world."""
        self._run(name, work)

    def stop(self, within: float = 20) -> bool:
        """Ask all threads to finish what they are at; whether they did within that many seconds."""
        self.stopping.set()
        for thread in self._threads:
            thread.join(within)
        return self.is_quiet()

    def is_quiet(self) -> bool:
        """Whether no thread runs."""
        return not any(thread.is_alive() for thread in self._threads)

    def faults(self) -> dict[str, str]:
        """The threads that ended although nobody asked, with why."""
        return dict(self._died)


ENGINE = Engine()
