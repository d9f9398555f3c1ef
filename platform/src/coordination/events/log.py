"""The log as relays and consumers see it: Kafka, or a table; which one it is, the settings say.

What a log promises, and no more: a message appended is delivered at least once to every group; messages of one key
come in the order in which they were appended; nothing is promised between keys; what was not committed comes again.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

import msgspec
from django.conf import settings
from django.utils.module_loading import import_string


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What is appended: messages with the same topic and key keep their order."""

    topic: str
    key: str
    value: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is read: a message and where it stands. position rises within a partition, with gaps perhaps."""

    topic: str
    partition: int
    position: int
    key: str
    value: bytes


class LogUnavailable(ConnectionError):
    """The log could not be reached or did not acknowledge in time; trying again later is the answer."""


class Reader(Protocol):
    """One group reading some topics, from where the group last committed, or from the beginning."""

    def poll(self, max_records: int, timeout: float) -> list[Record]:
        """The next records, waiting at most timeout seconds for the first; empty when none came or while paused."""

    def give_back(self, records: Sequence[Record]) -> None:
        """These were not handled: they, and what follows them in their partitions, come again at a next poll."""

    def pause_for(self, seconds: float) -> None:
        """Give nothing for a while; polling goes on, so that a group keeps its reader."""

    def commit(self) -> None:
        """Keep the position: everything polled and not given back is done with, also after a restart."""

    def rewind(self) -> None:
        """Back to the beginning of every topic; kept at the next commit."""

    def lag(self) -> int:
        """How many records of its topics the group has not committed yet."""

    def close(self) -> None:
        """Leave the group; what was not committed comes again."""


class Log(Protocol):
    """Where messages are kept in order per key."""

    def append(self, messages: Sequence[Message]) -> None:
        """Append and return only after all are acknowledged. Raises when one is not; then any of them may be there."""

    def begin(self, messages: Sequence[Message]) -> Callable[[], None]:
        """Begin to append. What it gives returns and raises as append does; until then nothing else is appended."""

    def reader(self, group: str, topics: Sequence[str]) -> Reader:
        """A reader of these topics for a group; groups know nothing of each other."""

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """How many records of these topics a group has not committed yet, without joining it."""

    def forget(self, group: str) -> None:
        """Drop the positions of a group that will not read again."""

    def close(self) -> None:
        """Let go of readers, connections and threads; what is asked of it later opens them again."""


def get_log() -> Log:
    """The log of this process, as the settings name it in VIERSPAN_LOG; the same one each time."""
    return _opened(settings.VIERSPAN_LOG)


def new_log() -> Log:
    """A log of one's own, that may be closed without anybody else missing it."""
    return import_string(settings.VIERSPAN_LOG)()


@cache
def _opened(name: str) -> Log:
    return import_string(name)()
