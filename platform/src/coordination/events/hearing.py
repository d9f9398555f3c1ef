"""What hearing a message means, inside one unit of work: mark, position of the subject, projections, own outbox.

A message is heard when it is the next of its subject. One heard before does nothing. One that comes after a hole, or
after a parked one, is parked; when what was missing comes, those waiting follow it in order.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
import structlog
from django.apps import apps
from django.db import InterfaceError, OperationalError
from django.db.models import F, QuerySet

from coordination.contracts import catalogue
from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope
from coordination.events import seen
from coordination.events.cause import because
from coordination.events.copies import copies_of, gathers, let_gathered_go, write_gathered
from coordination.events.letters import Letter, open_message
from coordination.events.rows import row_of
from coordination.events.subjects import Key, State, state_of
from coordination.events.subscription import Subscriptions
from coordination.events.tables import DeadLetter
from coordination.events.unheard import LONGEST_ERROR, Unknown, Unreadable, cause_of, in_words
from coordination.events.unit_of_work import attempt, unit_of_work

TRANSIENT = (OperationalError, InterfaceError)

_log = structlog.get_logger(__name__)


class Hearing:
    """How one service hears. Its methods are called outside a unit of work and open one each."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self.service = subscriptions.service
        self._subscriptions = subscriptions
        self._handlers = {line.event: subscriptions.handlers_of(line.event) for line in subscriptions.table}
        self._marks = apps.get_model(self.service, "HandledEvent")
        self._positions = apps.get_model(self.service, "SubjectPosition")
        self._dead_letters = apps.get_model(self.service, "DeadLetter")

    def hear(self, letters: Sequence[Letter], *, mind_parked: bool = True) -> Counter[str]:
        """Hear letters in this order, all in one unit of work.

        Gives how many were handled (by a handler), marked (nobody cares), repeated, or parked by cause. Whatever a
        handler raises undoes them all and goes on upward. A rebuild does not mind what is parked: it hears what was
        heard before that.
        """
        with unit_of_work(self.service):
            state = state_of(self.service, letters)
            if not mind_parked:
                state.minds_parked = False
                state.parked.clear()
            with copies_of(self.service, [letter.subject for letter in letters]):
                outcomes = [self._hear_one(state, letter) for letter in letters]
            self._keep(state)
        if mind_parked:
            seen.heard(service=self.service, letters=letters, outcomes=outcomes)
        return Counter(outcomes)

    def park_fault(self, letter: Letter, fault: Exception) -> bool:
        """Park a letter whose handling failed; False when it turns out to be handled already."""
        with unit_of_work(self.service):
            if self._marks.objects.filter(pk=letter.id).exists():
                return False
            self._park(letter, "fault", in_words(fault))
        seen.heard(service=self.service, letters=[letter], outcomes=["fault"])
        return True

    def retry_first(self, topic: str, subject: str) -> str:
        """Try the first parked letter of a key again, in a unit of work of its own.

        Gives handled, or why not: hole, fault, unreadable or unknown (counted on the letter); none when it is free.
        """
        first = None
        problem = None
        try:
            with unit_of_work(self.service):
                first = self._waiting(topic, subject).first()
                if first is None:
                    return "none"
                letter = open_message(topic, subject, first.message.encode())
                state = state_of(self.service, [letter])
                problem = state.problem_of(letter)
                if not problem:
                    self._take(state, letter)
                    self._keep(state)
                    first.delete()
        except TRANSIENT:
            raise
        except Exception as fault:
            if first is None:
                raise
            problem = cause_of(fault), in_words(fault)
        if problem is None:
            seen.heard(service=self.service, letters=[letter], outcomes=["handled"])
            return "handled"
        cause, error = problem
        with unit_of_work(self.service):
            self._note(first.pk, cause, error)
        return cause

    def pass_over_first(self, topic: str, subject: str) -> None:
        """Let go of the first parked letter of a key for good: marked and counted as heard, but never handled."""
        with unit_of_work(self.service):
            first = self._waiting(topic, subject).first()
            if first is None:
                return
            letter = open_message(topic, subject, first.message.encode())
            state = state_of(self.service, [letter])
            if letter.envelope is not None and letter.id not in state.marked:
                state.last[letter.key] = max(letter.sequence, state.last.get(letter.key, 0))
                state.new_marks.append(letter)
                state.moved.add(letter.key)
                self._keep(state)
            first.delete()
        _log.warning("message_passed_over", service=self.service, topic=topic, id=str(letter.id), type=letter.type)

    def _hear_one(self, state: State, letter: Letter) -> str:
        if state.has(letter):
            return "repeated"
        problem = state.in_the_way_of(letter)
        if problem is not None and letter.envelope is not None:
            # To park is for good until somebody looks at it, so it is not done on one look.
            state.look_again(self.service, letter)
            if state.has(letter):
                return "repeated"
            problem = state.in_the_way_of(letter)
        try:
            if problem is None:
                outcome = self._take(state, letter)
                if state.parked.get(letter.key):
                    self._catch_up(state, letter.key)
                return outcome
        except Unreadable as fault:
            problem = (fault.cause, str(fault))
        cause, error = problem
        self._park(letter, cause, error)
        state.parked.setdefault(letter.key, {})[letter.id] = letter.sequence
        return cause

    def _take(self, state: State, letter: Letter) -> str:
        """Handle a letter that is next: handlers first, then its mark and position join those to be kept."""
        envelope = letter.envelope
        if envelope is None or letter.id in state.marked:
            return "repeated"
        calls = self._calls(letter, envelope)
        for handler, *said in calls:
            if gathers(handler):
                handler(*said)
                continue
            write_gathered(self.service)
            with because(letter.cause):
                handler(*said)
        state.marked.add(letter.id)
        state.last[letter.key] = letter.sequence
        state.new_marks.append(letter)
        state.moved.add(letter.key)
        return "handled" if calls else "marked"

    def _calls(self, letter: Letter, envelope: Envelope) -> list[tuple[Any, ...]]:
        """The handlers to call, each with what it takes."""
        entry = catalogue.BY_TYPE.get(letter.type)
        if entry is None:
            raise Unknown(f"this version does not know messages of the type {letter.type[:200]}")
        handlers = self._handlers.get(entry.event, ())
        calls: list[tuple[Any, ...]] = []
        if handlers:
            try:
                event = catalogue.event_from(envelope)
            except msgspec.ValidationError as fault:
                raise Unreadable(in_words(fault)) from fault
            calls += [(handler, event, envelope) for handler in handlers]
        return calls + [(handler, envelope) for handler in self._subscriptions.every_message]

    def _catch_up(self, state: State, key: Key) -> None:
        """What waited for the missing message follows it, until one does not fit or fails."""
        for row in self._waiting(*key):
            letter = open_message(*key, row.message.encode())
            if row.cause not in ("hole", "behind") or letter.sequence != state.last[key] + 1:
                return
            write_gathered(self.service)
            try:
                with attempt(self.service):
                    self._take(state, letter)
                    write_gathered(self.service)
            except TRANSIENT:
                raise
            except Exception as fault:
                let_gathered_go(self.service)
                self._note(row.pk, cause_of(fault), in_words(fault))
                return
            state.parked[key].pop(row.pk, None)
            row.delete()
        state.parked.pop(key, None)

    def _keep(self, state: State) -> None:
        now = recorded_now()
        self._marks.objects.using(self.service).bulk_create(
            [
                row_of(self._marks, {"id": letter.id, "topic": letter.topic, "handled_at": now})
                for letter in state.new_marks
            ]
        )
        self._positions.objects.using(self.service).bulk_create(
            [
                self._positions(topic=topic, subject=subject, sequence=state.last[topic, subject])
                for topic, subject in sorted(state.moved)
            ],
            update_conflicts=True,
            unique_fields=["topic", "subject"],
            update_fields=["sequence"],
        )

    def _waiting(self, topic: str, subject: str) -> QuerySet[DeadLetter]:
        rows = self._dead_letters.objects.select_for_update().filter(topic=topic, subject=subject)
        return rows.order_by("sequence", "parked_at")

    def _note(self, pk: UUID, cause: str, error: str) -> None:
        self._dead_letters.objects.filter(pk=pk).update(cause=cause, error=error, attempts=F("attempts") + 1)

    def _park(self, letter: Letter, cause: str, error: str) -> None:
        row = self._dead_letters(
            id=letter.id,
            topic=letter.topic,
            subject=letter.subject,
            sequence=letter.sequence,
            type=letter.type[:200],
            message=letter.text,
            cause=cause,
            error=error[:LONGEST_ERROR],
            parked_at=recorded_now(),
        )
        self._dead_letters.objects.bulk_create([row], ignore_conflicts=True)
        with because(letter.cause):
            _log.warning(
                "message_parked",
                service=self.service,
                cause=cause,
                topic=letter.topic,
                id=str(letter.id),
                type=letter.type[:200],
                error=error[:500],
            )
