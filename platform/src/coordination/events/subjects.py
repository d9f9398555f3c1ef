"""What a service knows of the subjects of a portion: what was heard, what is parked, and the last number of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from coordination.events.letters import Letter

Key = tuple[str, str]
Problem = tuple[str, str]


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

        They are asked one after the other, and another consumer, who has lost its place but not yet its work, may keep
        something in between. Then one table tells of before and another of after.
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
    """What the tables of a service say about these letters and their subjects; call it inside a unit of work."""
    marks, parked, positions = (
        apps.get_model(service, name).objects for name in ("HandledEvent", "DeadLetter", "SubjectPosition")
    )
    by_topic: dict[str, set[str]] = {}
    for letter in letters:
        by_topic.setdefault(letter.topic, set()).add(letter.subject)
    ours = Q(pk__in=[])
    for topic, subjects in by_topic.items():
        ours |= Q(topic=topic, subject__in=subjects)
    state = State(marked=set(marks.filter(pk__in=[letter.id for letter in letters]).values_list("pk", flat=True)))
    waiting = parked.select_for_update().filter(ours)
    for topic, subject, key, sequence in waiting.values_list("topic", "subject", "pk", "sequence"):
        state.parked.setdefault((topic, subject), {})[key] = sequence
    for topic, subject, sequence in positions.filter(ours).values_list("topic", "subject", "sequence"):
        state.last[topic, subject] = sequence
    return state
