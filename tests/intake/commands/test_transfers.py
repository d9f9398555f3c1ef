import pytest

from coordination.contracts import catalogue
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import BudgetTransferred
from coordination.contracts.refusals import Conflict, Forbidden, NotFound
from coordination.testing import actors
from intake.commands.changes import withdraw_activity
from intake.commands.transfers import transfer_budget
from intake.models import OutboxEntry
from intake.queries.activities import row
from intake.queries.allocations import summary

pytestmark = pytest.mark.django_db(databases="__all__")
HOLDER = actors.budget_holder()


@pytest.fixture
def pair(phased):
    return phased(title="Leerlingtutoren"), phased(title="Jongerenwerk")


def move(pair, **wanted):
    given = {
        "actor": HOLDER,
        "from_activity": pair[0].id,
        "from_school_year": "2023-2024",
        "to_activity": pair[1].id,
        "to_school_year": "2024-2025",
        "amount_cents": 100_000,
        "reason": "low_demand",
    }
    return transfer_budget(**(given | wanted))


def test_a_transfer_keeps_the_sum_and_changes_both_totals(pair) -> None:
    before = summary(actor=HOLDER, municipality="9901").planned
    acted = move(pair)
    source, target = (row(actor=HOLDER, activity_id=one.id) for one in pair)
    assert sum(line.amount_cents for line in acted.lines) == 0
    assert summary(actor=HOLDER, municipality="9901").planned == before
    assert source.total.planned == source.activity.total_cents == 11_775_000
    assert target.total.planned == target.activity.total_cents == 11_975_000
    assert source.figures("2023-2024").planned == 3_400_000
    assert target.figures("2024-2025").planned == 2_100_000
    assert {source.activity.version, target.activity.version} == {2}


def test_one_act_is_told_of_both_activities_with_the_same_lines(pair) -> None:
    acted = move(pair)
    entries = OutboxEntry.objects.filter(type=BudgetTransferred.TYPE).order_by("number")
    events = [catalogue.event_from(Envelope.from_json(one.message)) for one in entries]
    assert [event.activity_id for event in events] == [pair[0].id, pair[1].id]
    assert [event.other_activity_id for event in events] == [pair[1].id, pair[0].id]
    assert {event.act_id for event in events} == {acted.act.id}
    assert events[0].lines == events[1].lines and len(events[0].lines) == 2
    assert [event.total_cents for event in events] == [11_775_000, 11_975_000]


def test_only_the_budget_holder_transfers(pair) -> None:
    for who in (actors.officer(), actors.council_member()):
        with pytest.raises(Forbidden):
            move(pair, actor=who)
    assert move(pair, actor=actors.administrator()).lines


def test_an_activity_of_elsewhere_is_not_there(pair, phased) -> None:
    other = phased(municipality="9902", actor=actors.officer("9902"))
    with pytest.raises(NotFound):
        move(pair, to_activity=other.id)
    with pytest.raises(NotFound):
        move(pair, from_activity=other.id)
    with pytest.raises(NotFound):
        move(pair, actor=actors.administrator(), to_activity=other.id)
    with pytest.raises(NotFound):
        move(pair, to_activity=new_id())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount_cents": 3_500_001}, "exceeds-planned"),
        ({"amount_cents": 0}, "amount-zero"),
        ({"amount_cents": -5}, "amount-negative"),
        ({"reason": ""}, "reason-missing"),
        ({"reason": "illness", "amount_cents": 10**14}, "amount-too-large"),
        ({"from_school_year": "2020-2021"}, "year-outside-programme"),
        ({"to_school_year": None}, "required"),
    ],
)
def test_a_transfer_that_cannot_be_meant_is_refused(pair, refused, wrong, code) -> None:
    assert refused(move, pair=pair, **wrong) == [code]
    assert row(actor=HOLDER, activity_id=pair[0].id).total.planned == 11_875_000


def test_within_one_activity_it_is_no_transfer(pair, refused) -> None:
    assert refused(move, pair=pair, to_activity=pair[0].id) == ["same-activity"]


def test_nothing_goes_to_a_withdrawn_activity(pair, register) -> None:
    gone = register()
    withdraw_activity(actor=actors.officer(), activity_id=gone.id, reason="registered_twice")
    with pytest.raises(Conflict):
        move(pair, to_activity=gone.id)


def test_a_double_click_transfers_once(pair) -> None:
    act = new_id()
    move(pair, act_id=act)
    move(pair, act_id=act)
    assert row(actor=HOLDER, activity_id=pair[0].id).total.planned == 11_775_000
