"""What changed lately: the changes since the municipality's overview was read in, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.domain.facts import ChangeFact


@dataclass(frozen=True, kw_only=True)
class Lately:
    """The changes since a moment; the moment is that of the newest overview read in, None when there was none."""

    since: datetime | None
    read_in: int
    changes: tuple[ChangeFact, ...]


def lately(changes: Sequence[ChangeFact]) -> Lately:
    """Split what came in with overviews of several activities at once from what people did afterwards."""
    registered: dict[str, list[ChangeFact]] = {}
    for change in changes:
        if change.kind == "registered" and change.correlation:
            registered.setdefault(change.correlation, []).append(change)
    overviews = {key: found for key, found in registered.items() if len(found) > 1}
    brought = {change.id for found in overviews.values() for change in found}
    since = max((change.changed_at for found in overviews.values() for change in found), default=None)
    later = [
        change
        for change in changes
        if change.id not in brought
        and change.correlation not in overviews
        and (since is None or change.changed_at > since)
    ]
    return Lately(
        since=since,
        read_in=len(brought),
        changes=tuple(sorted(later, key=lambda change: (change.changed_at, change.id.hex), reverse=True)),
    )
