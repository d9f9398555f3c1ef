"""What changed in a municipality, as sentences, newest first."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from coordination.contracts import clock
from coordination.identity.actor import Actor
from reporting.domain.sentences import Sentence, names_of, sentence_of
from reporting.models.gathering import facts_of
from reporting.queries.summary import municipality_for


def changes(
    *, actor: Actor | None, municipality: str, since: Callable[[], date | None] = lambda: None
) -> list[Sentence]:
    """All changes, or those on or after a day there; since is asked only once the actor may see them.

    Raises NotFound for strangers.
    """
    found = municipality_for(actor=actor, municipality=municipality)
    day = since()
    facts = facts_of(found, today=clock.today(found.zone))
    first = datetime.combine(day, time.min, tzinfo=ZoneInfo(found.zone)) if day else None
    names = names_of(facts)
    return [sentence_of(one, names) for one in facts.changes if first is None or one.changed_at >= first]
