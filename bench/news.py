"""News of activities as intake says it, made by the thousand: registered, phased, booked, reported, changed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coordination.contracts import catalogue, intake
from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import MEDIA_TYPE, Envelope, source_of
from coordination.contracts.identifiers import new_id
from coordination.events.log import Message

YEARS = ("2021-2022", "2022-2023", "2023-2024", "2024-2025")
PER_ACTIVITY = 12
TOGETHER = 60


def messages(count: int) -> Iterator[Message]:
    """That many messages about as many activities as it takes, mixed as if sixty were worked on at a time."""
    chance = random.Random(count)
    open_ones: list[Iterator[Message]] = []
    for number in range(count):
        if len(open_ones) < TOGETHER and (number % PER_ACTIVITY == 0 or not open_ones):
            open_ones.append(_of_one_activity(chance))
        one = chance.choice(open_ones)
        message = next(one, None)
        while message is None:
            open_ones.remove(one)
            one = chance.choice(open_ones) if open_ones else _of_one_activity(chance)
            if not open_ones:
                open_ones.append(one)
            message = next(one, None)
        yield message


def _of_one_activity(chance: random.Random) -> Iterator[Message]:
    activity = new_id()
    municipality = str(9901 + chance.randrange(20))
    for sequence, event in enumerate(_events(chance, activity, municipality), 1):
        entry = catalogue.entry_of(event)
        envelope = Envelope(
            id=str(new_id()),
            source=source_of("intake"),
            type=entry.type,
            subject=str(activity),
            time=recorded_now(),
            sequence=sequence,
            data=catalogue.data_of(event),
            correlationid=str(new_id()),
            actingrole="policy_officer",
        )
        yield Message(
            topic=entry.topic,
            key=envelope.subject,
            value=envelope.to_json(),
            headers=(("content-type", MEDIA_TYPE),),
        )


def _events(chance: random.Random, activity: UUID, municipality: str) -> Iterator[Any]:
    total = chance.randrange(1_000_00, 90_000_00)
    details = intake.ActivityDetails(
        number=f"B-{chance.randrange(10**6)}",
        title="Bijles rekenen in kleine groepen",
        measure_type="tutoring",
        starts_on=date(2021, 9, 1),
        ends_on=date(2025, 7, 31),
        total_cents=total,
        goal="Leerlingen halen de rekendoelen van hun leerjaar.",
        sectors=("primary_education",),
        target_groups=("arrears",),
        schools=(new_id(), new_id()),
        partners=(intake.NamedPartner(partner_id=new_id(), name="Welzijn Polderlicht"),),
    )
    plan = tuple(_line(activity, "plan", year, total // 4) for year in YEARS)
    yield intake.ActivityRegistered(
        activity_id=activity,
        municipality=municipality,
        programme="np_onderwijs",
        details=details,
        status="running",
        lines=plan,
        indicators=(intake.Indicator(name="Rekenniveau op peil", target="80"),),
    )
    yield intake.ActivityPhased(
        activity_id=activity,
        municipality=municipality,
        act_id=new_id(),
        state="final",
        lines=(_line(activity, "plan", YEARS[0], -100_00), _line(activity, "plan", YEARS[3], 100_00)),
    )
    for number in range(PER_ACTIVITY - 4):
        day = date(2021, 9, 1) + timedelta(days=chance.randrange(1200))
        kind = "commitment" if number % 3 == 0 else "spending"
        line = _line(activity, kind, chance.choice(YEARS), chance.randrange(10_00, 900_00), dated_on=day)
        yield intake.EntryRecorded(activity_id=activity, municipality=municipality, act_id=new_id(), lines=(line,))
    yield intake.ProgressReported(
        activity_id=activity,
        municipality=municipality,
        report_id=new_id(),
        reported_on=date(2024, 12, 1),
        status="delayed",
        status_reason="staff_shortage",
        reach=intake.Reach(participants=chance.randrange(90)),
        indicator=intake.Indicator(name="Rekenniveau op peil", value="71"),
    )
    yield intake.ActivityChanged(activity_id=activity, municipality=municipality, details=details)


def _line(activity: UUID, kind: Any, year: str, cents: int, dated_on: date | None = None) -> intake.LedgerLine:
    return intake.LedgerLine(
        line_id=new_id(),
        activity_id=activity,
        kind=kind,
        school_year=year,
        amount_cents=cents,
        funding_source="np_onderwijs",
        dated_on=dated_on,
        recorded_at=recorded_now(),
    )
