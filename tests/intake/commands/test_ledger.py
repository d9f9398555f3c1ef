"""Any acts in any order: rows add up, transfers keep the sum, and the news alone gives the same figures."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordination.contracts import catalogue
from coordination.contracts.envelope import Envelope
from coordination.contracts.refusals import Refusal
from coordination.testing import actors
from intake.commands.changes import change_activity
from intake.commands.ledger import (
    divide_spending,
    phase_budget,
    record_entry,
    record_spent_until,
    transfer_budget,
)
from intake.domain.figures import picture_of
from intake.models import OutboxEntry
from intake.models.ledger import sums_of
from intake.models.rows import row_of
from intake.queries.activities import grid, row

pytestmark = pytest.mark.django_db(databases="__all__")
YEARS = ("2021-2022", "2022-2023", "2023-2024", "2024-2025")
BOSS = actors.administrator()
FIRST_DAY = date(2021, 7, 1)

years = st.sampled_from(YEARS)
which = st.integers(0, 1)
some = st.integers(-2000, 20_000)
days = st.integers(0, 1491).map(lambda number: FIRST_DAY + timedelta(days=number))
acts = st.one_of(
    st.tuples(
        st.just("phase"),
        which,
        st.dictionaries(years, st.one_of(st.none(), st.integers(0, 20_000))),
        st.sampled_from(["draft", "final"]),
    ),
    st.tuples(
        st.just("entry"),
        which,
        st.sampled_from(["spending", "commitment", "correction"]),
        days,
        some,
        st.sampled_from([None, True, False]),
    ),
    st.tuples(st.just("until"), which, days, some),
    st.tuples(st.just("divide"), which, st.dictionaries(years, some, max_size=2)),
    st.tuples(st.just("transfer"), which, years, years, some),
    st.tuples(st.just("total"), which, some),
)


def do(act, pair) -> None:
    kind, number, *rest = act
    ours = {"actor": BOSS, "activity_id": pair[number].id}
    match kind:
        case "phase":
            phase_budget(**ours, phasing=rest[0], state=rest[1], reason="low_demand")
        case "entry":
            record_entry(
                **ours,
                kind=rest[0],
                dated_on=rest[1],
                amount_cents=rest[2],
                funding_source="np_onderwijs",
                divides_cumulative=rest[3],
            )
        case "until":
            record_spent_until(**ours, reference_date=rest[0], amount_cents=rest[1])
        case "divide":
            divide_spending(**ours, parts=rest[0])
        case "transfer":
            transfer_budget(
                actor=BOSS,
                from_activity=pair[number].id,
                from_school_year=rest[0],
                to_activity=pair[1 - number].id,
                to_school_year=rest[1],
                amount_cents=rest[2],
                reason="low_demand",
            )
        case "total":
            change_activity(**ours, total_cents=rest[0])


def from_the_news(activity):
    """The figures of an activity by its news alone, each message heard twice, as a projection keeps them."""
    lines = {}
    for entry in OutboxEntry.objects.filter(subject=str(activity.id)).order_by("number"):
        for _ in range(2):
            event = catalogue.event_from(Envelope.from_json(entry.message))
            for line in getattr(event, "lines", ()):
                if line.activity_id == activity.id:
                    lines.setdefault(line.line_id, line)
    return picture_of(lines.values(), YEARS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, max_size=14))
def test_any_sequence_of_acts_keeps_the_books(register, several) -> None:
    pair = [register(total_cents=20_000), register(total_cents=7, phasing={"2023-2024": 7}, phasing_state="final")]
    for act in several:
        before = grid(actor=BOSS, wanted={"municipality": "9901"}).summary
        try:
            do(act, pair)
        except Refusal:
            continue
        after = grid(actor=BOSS, wanted={"municipality": "9901"}).summary
        if act[0] != "total":
            assert after.planned == before.planned
        if act[0] == "divide":
            assert after.realised == before.realised
    for activity in pair:
        found = row(actor=BOSS, activity_id=activity.id)
        rows = [found.figures(year).planned or 0 for year in (*YEARS, None)]
        assert sum(rows) == found.total.planned == found.activity.total_cents
        realised = [found.figures(year).realised or 0 for year in (*YEARS, None)]
        assert sum(realised) == (found.total.realised or 0)
        if found.activity.phasing_state == "final":
            assert (found.figures(None).planned or 0) == 0
        assert from_the_news(activity) == found.picture
        short = row_of(activity, sums_of(activity), YEARS)
        assert short.picture == found.picture
        assert replace(short.until, dated=()) == replace(found.until, dated=())
