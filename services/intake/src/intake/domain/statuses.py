"""The status of an activity as one table: which arrows there are and why."""

from dataclasses import dataclass
from types import MappingProxyType

from coordination.contracts.refusals import Problem

STATUSES = ("draft", "decided", "running", "delayed", "completed", "stopped")
NEEDS_REASON = MappingProxyType({"delayed": "delay", "stopped": "stop"})
ENDED = frozenset({"completed", "stopped"})


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """From one status to another, and what it means that this happens."""

    before: str
    after: str
    because: str


ARROWS = (
    Arrow(before="draft", after="decided", because="the municipality decides to do it"),
    Arrow(before="draft", after="running", because="work begins before the decision is written down here"),
    Arrow(before="draft", after="stopped", because="it will not be done after all"),
    Arrow(before="decided", after="running", because="work begins"),
    Arrow(before="decided", after="delayed", because="the start is later than planned"),
    Arrow(before="decided", after="stopped", because="the decision is taken back"),
    Arrow(before="decided", after="draft", because="the decision was recorded too early"),
    Arrow(before="running", after="delayed", because="it runs behind its plan"),
    Arrow(before="running", after="completed", because="it ended as planned"),
    Arrow(before="running", after="stopped", because="it ends early"),
    Arrow(before="delayed", after="running", because="it is back on plan"),
    Arrow(before="delayed", after="completed", because="it ended after all"),
    Arrow(before="delayed", after="stopped", because="it ends early"),
    Arrow(before="completed", after="running", because="it goes on longer, or was closed too early"),
    Arrow(before="stopped", after="running", because="it is taken up again"),
)
_PAIRS = frozenset((arrow.before, arrow.after) for arrow in ARROWS)


def may_become(before: str, after: str) -> bool:
    """Whether there is an arrow; staying what it is always may, for a report repeats the status."""
    return before == after or (before, after) in _PAIRS


def next_statuses(before: str) -> tuple[str, ...]:
    """The statuses that may be reported now, the present one first."""
    return (before, *(arrow.after for arrow in ARROWS if arrow.before == before))


def status_problems(before: str, after: str, words: dict[str, str]) -> list[Problem]:
    """What is wrong with reporting a status; words are the Dutch labels by slug."""
    if after not in STATUSES:
        known = ", ".join(words.get(slug, slug) for slug in STATUSES)
        return [Problem(field="status", code="status-unknown", message=f"Kies een status: {known}.")]
    if may_become(before, after):
        return []
    choices = ", ".join(words.get(slug, slug).lower() for slug in next_statuses(before)[1:]) or "geen andere"
    message = (
        f"Van {words.get(before, before).lower()} naar {words.get(after, after).lower()} kan niet. "
        f"Wel mogelijk: {choices}."
    )
    return [Problem(field="status", code="status-not-possible", message=message)]
