"""Holding a quiet house against what was accepted: to the cent, message by message, in the order of each subject."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.faults.service_form.callers import MUNICIPALITIES, PARTNER, Client
from tests.faults.service_form.grounds import SERVICES
from tests.faults.service_form.house import ServiceHouse, topics_of
from tests.faults.service_form.oracle import Accepted

LEDGER = (
    "SELECT a.municipality, l.school_year, l.kind, sum(l.amount_cents)::bigint FROM intake_ledgerline l "
    "JOIN intake_activity a ON a.id = l.activity_id GROUP BY 1, 2, 3"
)
COPIED = (
    "SELECT a.municipality, l.school_year, l.kind, sum(l.amount_cents)::bigint FROM reporting_line l "
    "JOIN reporting_activity a ON a.id = l.activity_id GROUP BY 1, 2, 3"
)
KEPT_TWICE = "SELECT id, sequence, count(*) FROM kept_activity GROUP BY 1, 2 HAVING count(*) > 1"
OUT_OF_ORDER = (
    "SELECT count(*) FROM (SELECT h.handled_at, lag(h.handled_at) OVER (PARTITION BY j.topic, j.subject "
    "ORDER BY j.sequence) AS before FROM reporting_journalentry j JOIN reporting_handledevent h ON h.id = j.id) one "
    "WHERE before > handled_at"
)


@dataclass(frozen=True)
class Found:
    """What a check counted; differences is everything that is not as it must be, in words."""

    commands: int
    events: int
    effects: int
    differences: tuple[str, ...]


def watch_for_double_effects(house: ServiceHouse) -> None:
    """Let matching's database write down each time an activity is kept, outside what the service itself knows of."""
    house.ask(
        "matching",
        """
        CREATE TABLE kept_activity (id uuid, sequence bigint);
        GRANT ALL ON kept_activity TO matching;
        CREATE FUNCTION keep_activity() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO kept_activity VALUES (NEW.id, NEW.sequence); RETURN NEW; END $$;
        CREATE TRIGGER keep_activity AFTER INSERT OR UPDATE ON matching_activity
        FOR EACH ROW EXECUTE FUNCTION keep_activity();
        """,
    )


def check(house: ServiceHouse, accepted: Accepted, *, parked: int = 0) -> Found:
    """Compare everything in a house that has come to rest; with parked, so many messages may be set aside."""
    wrong: list[str] = []
    wrong += _cents("intake's ledger", _sums(house.ask("intake", LEDGER)), accepted.by_place())
    wrong += _cents("reporting's lines", _sums(house.ask("reporting", COPIED)), accepted.by_place())
    wrong += _figures(house, accepted)
    wrong += _copies(house, accepted) + _partners(house, accepted)
    wrong += _messages(house, accepted)
    events, effects, more = _marks(house, parked)
    wrong += more + _order(house)
    found = Found(commands=accepted.commands, events=events, effects=effects, differences=tuple(wrong))
    return found


def all_is_right(house: ServiceHouse, accepted: Accepted, *, parked: int = 0) -> Found:
    """The same, failing with the first of what is wrong."""
    found = check(house, accepted, parked=parked)
    assert not found.differences, "\n".join(found.differences[:20]) + f"\n{house.keeper.said()}"
    return found


def _sums(rows: list[tuple]) -> dict[tuple[str, str, str], int]:
    return {(municipality, year, kind): cents for municipality, year, kind, cents in rows}


def _cents(what: str, found: dict[Any, int], expected: dict[Any, int]) -> list[str]:
    return [
        f"{what}, {place}: {found.get(place)} cents, and {expected.get(place)} were accepted"
        for place in sorted({*found, *expected}, key=str)
        if found.get(place) != expected.get(place)
    ]


def _figures(house: ServiceHouse, accepted: Accepted) -> list[str]:
    """The API's own answer, where a web process of reporting runs."""
    if not house.webs("reporting"):
        return []
    client = Client(house.webs("reporting"), house.grounds.token, Counter())
    wrong = []
    for code in MUNICIPALITIES:
        shown = client.get(f"/reporting/api/v1/municipalities/{code}/summary")
        for name, kinds in (
            ("planned", ("plan",)),
            ("committed", ("commitment",)),
            ("realised", ("spending", "correction")),
        ):
            expected = accepted.of_municipality(code, *kinds)
            if shown[f"{name}Cents"] != expected and (shown[f"{name}Cents"] or expected):
                wrong.append(f"{code} shows {shown[f'{name}Cents']} {name}, and {expected} were accepted")
        mine = sum(known.municipality == code for known in accepted.activities.values())
        if len(shown["activities"]) != mine:
            wrong.append(f"{code} shows {len(shown['activities'])} activities, and {mine} were accepted")
    return wrong


def _copies(house: ServiceHouse, accepted: Accepted) -> list[str]:
    expected = {known.id: (known.municipality, known.title) for known in accepted.activities.values()}
    wrong = []
    for service in SERVICES:
        rows = house.ask(service, f"SELECT id::text, municipality, title FROM {service}_activity")
        found = {id: (municipality, title) for id, municipality, title in rows}
        if found != expected:
            odd = [*(found.items() ^ expected.items())][:4]
            wrong.append(f"{service} has {len(found)} of {len(expected)} activities right, such as {odd}")
    totals = {known.id: known.total for known in accepted.activities.values()}
    for service in ("intake", "reporting"):
        found = dict(house.ask(service, f"SELECT id::text, total_cents FROM {service}_activity"))
        wrong += _cents(f"totals of {service}", found, totals)
    if house.ask("matching", "SELECT to_regclass('kept_activity')") != [(None,)]:
        wrong += [f"matching kept {one} more than once" for one in house.ask("matching", KEPT_TWICE)]
    return wrong


def _partners(house: ServiceHouse, accepted: Accepted) -> list[str]:
    wrong = []
    for service in SERVICES:
        found = dict(
            house.ask(service, f"SELECT id::text, name FROM {service}_partner WHERE name LIKE %s", f"{PARTNER} %")
        )
        if found != accepted.partners:
            wrong.append(f"{service} has {len(found)} partners, and {len(accepted.partners)} were accepted")
    return wrong


def _messages(house: ServiceHouse, accepted: Accepted) -> list[str]:
    """No accepted command without its event, and nothing said that nobody asked for."""
    rows = house.ask(
        "intake", "SELECT subject, count(*) FROM intake_outboxentry WHERE topic = 'intake.activities' GROUP BY 1"
    )
    said, expected = dict(rows), {known.id: known.said for known in accepted.activities.values()}
    return [
        f"{subject} was spoken of {said.get(subject, 0)} times, and must be {expected.get(subject, 0)}"
        for subject in sorted({*said, *expected})
        if said.get(subject) != expected.get(subject)
    ]


def _marks(house: ServiceHouse, parked: int) -> tuple[int, int, list[str]]:
    """Every message said is in the log and marked by all who hear it, and nothing else is.

    What is said while we look, such as a signal that is due, is not counted: said is asked first and once more last,
    and what was found in the log has time to be heard, for it may have been said a moment ago.
    """
    before = _said(house)
    in_log = {one.id: one for one in house.log.look()}
    house.wait_until_quiet()
    wrong, effects = [], 0
    letters = {
        service: {id for (id,) in house.ask(service, f"SELECT id::text FROM {service}_deadletter")}
        for service in SERVICES
    }
    marks = {
        service: {id for (id,) in house.ask(service, f"SELECT id::text FROM {service}_handledevent")}
        for service in SERVICES
    }
    after = _said(house)
    for id in before.keys() - in_log.keys():
        wrong.append(f"{id} of {before[id]} was said, and is not in the log")
    for id in in_log.keys() - after.keys():
        wrong.append(f"{id} is in the log, and nobody said it")
    for service in SERVICES:
        topics = topics_of(service)
        due = {id for id, topic in before.items() if topic in topics}
        for id in due - marks[service] - letters[service]:
            wrong.append(f"{id} of {before[id]} has no effect in {service}")
        for id in marks[service] - after.keys():
            wrong.append(f"{id} had an effect in {service}, and nobody said it")
        effects += len(marks[service] & in_log.keys())
    if sum(map(len, letters.values())) != parked:
        wrong.append(f"{sum(map(len, letters.values()))} messages are parked, and must be {parked}")
    return len(in_log), effects, wrong


def _said(house: ServiceHouse) -> dict[str, str]:
    return {
        id: topic
        for service in SERVICES
        for id, topic in house.ask(
            service, f"SELECT id::text, topic FROM {service}_outboxentry WHERE sent_at IS NOT NULL"
        )
    }


def _order(house: ServiceHouse) -> list[str]:
    """In the log each subject counts 1, 2, 3 …; each service stands at the last number; effects came in that order."""
    wrong, last = [], {}
    for (topic, subject), numbers in house.log.firsts().items():
        if numbers != list(range(1, len(numbers) + 1)):
            wrong.append(f"{topic} {subject} came in the order {numbers}")
        last[topic, subject] = max(numbers)
    for one in house.log.records:
        if one.key != one.subject:
            wrong.append(f"{one.id} has the key {one.key} and the subject {one.subject}")
    for service in SERVICES:
        rows = house.ask(service, f"SELECT topic, subject, sequence FROM {service}_subjectposition")
        stuck = house.ask(service, f"SELECT DISTINCT topic, subject FROM {service}_deadletter")
        for topic, subject, sequence in rows:
            if (topic, subject) not in stuck and last.get((topic, subject), 0) > sequence:
                wrong.append(f"{service} stands at {sequence} of {topic} {subject}, which is at {last[topic, subject]}")
    disordered = house.number("reporting", OUT_OF_ORDER)
    if disordered:
        wrong.append(f"{disordered} messages had their effect in reporting before an earlier one of their subject")
    return wrong
