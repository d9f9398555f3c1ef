"""What a service knows of the subjects of a portion: what was heard, what is parked, and the last number of each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections

from coordination.events.letters import Letter

Key = tuple[str, str]
Problem = tuple[str, str]

# Plain SQL, and one journey: every portion begins with this. Asked through the ORM, it would be two fifths of all the
# work of hearing one message.
QUESTION = """
WITH asked AS ({keys}), waiting AS (
    SELECT t.topic, t.subject, t.id, t.sequence
    FROM asked CROSS JOIN {parked} t WHERE t.topic = asked.topic AND t.subject = asked.subject {lock}
)
SELECT 'marks', NULL, NULL, id, 0 FROM {marks} WHERE id {among}
UNION ALL SELECT 'parked', topic, subject, id, sequence FROM waiting
UNION ALL SELECT 'positions', t.topic, t.subject, NULL, t.sequence
    FROM asked CROSS JOIN {positions} t WHERE t.topic = asked.topic AND t.subject = asked.subject
"""
ON_POSTGRESQL = {
    "among": "= ANY(%s::uuid[])",
    "keys": "SELECT * FROM unnest(%s::text[], %s::text[]) AS k (topic, subject)",
    "lock": "FOR UPDATE OF t",
}
ON_SQLITE = {
    "among": "IN (SELECT value FROM json_each(%s))",
    "keys": "SELECT json_extract(value, '$[0]') AS topic, json_extract(value, '$[1]') AS subject FROM json_each(%s)",
    "lock": "",
}


@dataclass
class State:
    """What the tables say about the subjects of one portion, and what changed in it."""

    minds_parked: bool = True
    marked: set[UUID] = field(default_factory=set)
    parked: dict[Key, dict[UUID, int]] = field(default_factory=dict)
    last: dict[Key, int] = field(default_factory=dict)
    new_marks: list[Letter] = field(default_factory=list)
    moved: set[Key] = field(default_factory=set)

    def has(self, letter: Letter) -> bool:
        """Whether a letter was heard or parked before."""
        return letter.id in self.marked or letter.id in self.parked.get(letter.key, {})

    def problem_of(self, letter: Letter) -> Problem | None:
        """Why a letter cannot be handled now, as cause and words; None when it can, or needs not any more."""
        if letter.envelope is None:
            return "unreadable", letter.error
        if letter.id in self.marked:
            return None
        last = self.last.get(letter.key, 0)
        if letter.sequence <= last:
            return "fault", f"number {letter.sequence} of this subject was already heard in another message"
        if letter.sequence > last + 1:
            return "hole", f"number {last + 1} of this subject is missing"
        return None

    def in_the_way_of(self, letter: Letter) -> Problem | None:
        """Why a letter that comes off the log must be parked, also because others of its subject are; None if not."""
        parked = self.parked.get(letter.key)
        if letter.envelope is not None and parked and not self._fills_the_hole(letter, parked):
            return "behind", ""
        return self.problem_of(letter)

    def look_again(self, service: str, letter: Letter) -> None:
        """Ask the tables once more about a letter and its subject, besides what this portion itself changed.

        Who asks while a parked message is tried again waits for that, and is then told of what is parked now, but of
        marks and numbers as they were.
        """
        now = state_of(service, [letter])
        self.marked |= now.marked
        if self.minds_parked:
            self.parked.pop(letter.key, None)
            self.parked |= now.parked
        self.last[letter.key] = max(self.last.get(letter.key, 0), now.last.get(letter.key, 0))

    def _fills_the_hole(self, letter: Letter, parked: dict[UUID, int]) -> bool:
        return letter.sequence == self.last.get(letter.key, 0) + 1 and letter.sequence < min(parked.values())


def state_of(service: str, letters: Sequence[Letter]) -> State:
    """What the tables of a service say about these letters and their subjects; call it inside a unit of work.

    Rows of what is parked stay locked until it ends.
    """
    if not letters:
        return State()
    database = connections[service]
    on_postgresql = database.vendor == "postgresql"
    ids = [letter.id for letter in letters]
    keys = sorted({letter.key for letter in letters})
    asked = [*map(list, zip(*keys, strict=True)), ids] if on_postgresql else [_as_json(keys), _as_json(ids)]
    state = State()
    with database.cursor() as cursor:
        cursor.execute(_question(service, on_postgresql=on_postgresql), asked)
        for table, topic, subject, identifier, sequence in cursor.fetchall():
            if table == "positions":
                state.last[topic, subject] = sequence
                continue
            known = identifier if isinstance(identifier, UUID) else UUID(identifier)
            if table == "marks":
                state.marked.add(known)
            else:
                state.parked.setdefault((topic, subject), {})[known] = sequence
    return state


@cache
def _question(service: str, *, on_postgresql: bool) -> str:
    """One statement that asks the three tables, the same however much is asked, so that it is prepared once."""
    names = {"marks": "HandledEvent", "parked": "DeadLetter", "positions": "SubjectPosition"}
    tables = {name: f'"{apps.get_model(service, model)._meta.db_table}"' for name, model in names.items()}
    return QUESTION.format(**tables, **(ON_POSTGRESQL if on_postgresql else ON_SQLITE))


def _as_json(asked: Sequence[Any]) -> str:
    return json.dumps([one.hex if isinstance(one, UUID) else one for one in asked])
