"""Whatever portions messages come in, and however often, a service keeps the rows that one at a time would give."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from coordination.contracts import catalogue, intake, matching, reporting
from coordination.contracts.envelope import Envelope, source_of
from coordination.events.hearing import Hearing
from coordination.events.letters import Letter, open_message
from coordination.events.subscription import subscriptions_of
from coordination.events.unit_of_work import attempt

pytestmark = pytest.mark.django_db(databases="__all__")

NOON = datetime(2025, 1, 14, 12, tzinfo=UTC)
PLACES = ("9901", "9902")
YEARS = ("2021-2022", "2022-2023", None)
# Who takes part by being named gets an id of its own, new each time.
COMPARED = {"matching": ("Activity", "Naming", "HandledEvent", "SubjectPosition")}


def identifier(kind: int, number: int) -> UUID:
    """An id that is the same in every run."""
    return UUID(int=(kind << 96) | number)


ACTIVITIES = [identifier(1, number) for number in range(3)]


class Undo(Exception):
    """Everything done in this part is to be undone."""


@st.composite
def said(draw: st.DrawFn) -> list[list[Any]]:
    """What is said of each subject, in its order."""
    ids = (identifier(9, number) for number in range(10**6))

    def line(activity: UUID) -> intake.LedgerLine:
        return intake.LedgerLine(
            line_id=next(ids),
            activity_id=activity,
            kind=draw(st.sampled_from(["plan", "spending", "commitment"])),
            school_year=draw(st.sampled_from(YEARS)),
            amount_cents=draw(st.integers(-500, 500)),
            funding_source="np_onderwijs",
            recorded_at=NOON,
        )

    def details() -> intake.ActivityDetails:
        return intake.ActivityDetails(
            number=draw(st.sampled_from(["A-1", "A-2"])),
            title="Bijles",
            measure_type="tutoring",
            starts_on=date(2021, 9, 1),
            ends_on=date(2025, 7, 31),
            total_cents=draw(st.integers(0, 900)),
            partners=(intake.NamedPartner(partner_id=identifier(2, draw(st.integers(0, 1))), name="Polderlicht"),),
        )

    def indicator() -> intake.Indicator:
        value = st.sampled_from([None, "1", "2"])
        return intake.Indicator(name=draw(st.sampled_from(["lezen", "rekenen"])), target=draw(value), value=draw(value))

    def of_activity(activity: UUID) -> list[Any]:
        who = {"activity_id": activity, "municipality": PLACES[0]}
        events: list[Any] = [
            intake.ActivityRegistered(
                **who,
                programme="np_onderwijs",
                details=details(),
                status="running",
                lines=(line(activity),),
                indicators=(indicator(),),
            )
        ]
        for kind in draw(
            st.lists(st.sampled_from(["changed", "phased", "entry", "progress", "withdrawn"]), max_size=5)
        ):
            act = {"act_id": next(ids), "lines": (line(activity),)}
            match kind:
                case "changed":
                    events.append(intake.ActivityChanged(**who, details=details()))
                case "phased":
                    events.append(intake.ActivityPhased(**who, **act, state="final"))
                case "entry":
                    events.append(intake.EntryRecorded(**who, **act))
                case "withdrawn":
                    events.append(intake.ActivityWithdrawn(**who, **act, reason="double"))
                case "progress":
                    reach = intake.Reach(participants=draw(st.none() | st.integers(0, 9)), waiting=1)
                    events.append(
                        intake.ProgressReported(
                            **who,
                            report_id=next(ids),
                            reported_on=date(2024, 1, draw(st.integers(1, 28))),
                            status=draw(st.sampled_from([None, "delayed", "running"])),
                            reach=draw(st.sampled_from([None, reach])),
                            indicator=indicator(),
                        )
                    )
        return events

    subjects = [of_activity(activity) for activity in ACTIVITIES]
    for number in range(draw(st.integers(0, 2))):
        giver, taker = (draw(st.sampled_from(range(3))) for _ in range(2))
        lines, act = (line(ACTIVITIES[giver]), line(ACTIVITIES[taker])), identifier(8, number)
        for one, other in {(giver, taker), (taker, giver)}:
            subjects[one].append(
                intake.BudgetTransferred(
                    activity_id=ACTIVITIES[one],
                    other_activity_id=ACTIVITIES[other],
                    municipality=PLACES[0],
                    act_id=act,
                    lines=lines,
                    total_cents=draw(st.integers(0, 900)),
                    reason="low_demand",
                )
            )
    places = [matching.PlacesSet(activity_id=ACTIVITIES[0], municipality=PLACES[0], places=one) for one in (3, None)]
    takes_part = [
        matching.ParticipationChanged(
            participation_id=identifier(3, 0),
            activity_id=ACTIVITIES[0],
            school_id=identifier(4, 0),
            municipality=PLACES[0],
            state=state,
            origin="school",
            changed_at=NOON,
        )
        for state in draw(st.lists(st.sampled_from(["requested", "joined", "withdrawn"]), max_size=3))
    ]
    partners = [
        [
            matching.PartnerRegistered(
                partner_id=identifier(2, number),
                name=name,
                municipalities=PLACES,
                other_ids=(identifier(2, 1 - number),),
            )
            for name in draw(st.lists(st.sampled_from(["Polderlicht", "Boekenboot"]), max_size=2))
        ]
        for number in range(2)
    ]
    signal = {
        "signal_id": identifier(5, 0),
        "activity_id": ACTIVITIES[0],
        "municipality": PLACES[0],
        "kind": "stale",
    }
    signals = [
        reporting.SignalCleared(**signal) if gone else reporting.SignalRaised(**signal, since=date(2025, 1, 1))
        for gone in draw(st.lists(st.booleans(), max_size=4))
    ]
    return [subject for subject in (*subjects, places, takes_part, *partners, signals) if subject]


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Letter], list[int], list[int]]:
    """Letters in an order the log may bring them in, where portions end, and which letters come again."""
    waiting = [list(enumerate(subject, 1)) for subject in draw(said())]
    letters: list[Letter] = []
    while waiting:
        subject = draw(st.sampled_from(waiting))
        sequence, event = subject.pop(0)
        letters.append(letter_of(event, sequence, len(letters)))
        waiting = [one for one in waiting if one]
    cuts = draw(st.lists(st.integers(1, len(letters)), max_size=6))
    return letters, sorted({*cuts, len(letters)}), draw(st.lists(st.integers(0, len(letters) - 1), max_size=6))


def letter_of(event: Any, sequence: int, number: int) -> Letter:
    """The letter in which an event comes; times do not follow the order in which they are heard."""
    entry = catalogue.entry_of(event)
    envelope = Envelope(
        id=str(identifier(7, number)),
        source=source_of(entry.owner),
        type=entry.type,
        subject=catalogue.key_of(event),
        time=NOON + timedelta(seconds=number * 37 % 11),
        sequence=sequence,
        data=catalogue.data_of(event),
    )
    return open_message(entry.topic, envelope.subject, envelope.to_json())


def kept(service: str, portions: Iterable[Sequence[Letter]]) -> dict[str, list[tuple]]:
    """The rows of a service once it heard these portions; nothing of it stays."""
    hearing = Hearing(subscriptions_of(service))
    names = COMPARED.get(service) or [one.__name__ for one in apps.get_app_config(service).get_models()]
    rows: dict[str, list[tuple]] = {}
    try:
        with attempt(service):
            for portion in portions:
                hearing.hear(portion)
            for name in names:
                model = apps.get_model(service, name)
                columns = [
                    one.attname
                    for one in model._meta.concrete_fields
                    if one.get_internal_type() != "BigAutoField" and one.attname not in ("handled_at", "parked_at")
                ]
                # A table that numbers its rows shows them in that order, but for the positions, which nobody sees.
                found = model._default_manager.order_by("pk").values_list(*columns)
                rows[name] = sorted(found) if name == "SubjectPosition" else list(found)
            raise Undo
    except Undo:
        return rows


@pytest.mark.parametrize("service", ["reporting", "intake", "matching"])
@hypothesis_settings(max_examples=25)
@given(delivery=deliveries())
def test_any_portions_give_the_rows_of_one_at_a_time(
    service: str, delivery: tuple[list[Letter], list[int], list[int]]
) -> None:
    letters, cuts, again = delivery
    topics = subscriptions_of(service).topics
    heard = [letter for letter in letters if letter.topic in topics]
    one_by_one = kept(service, [[letter] for letter in heard])
    portions = [letters[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]
    mixed = [
        [one for one in (*portion, *(letters[place] for place in again if place < end)) if one.topic in topics]
        for portion, end in zip(portions, cuts, strict=True)
    ]
    assert sum(map(len, one_by_one.values())) >= len(heard), "every message leaves its mark"
    assert kept(service, mixed) == one_by_one
