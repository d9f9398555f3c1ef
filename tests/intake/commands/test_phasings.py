import pytest

from coordination.contracts import catalogue
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Forbidden, Outdated
from coordination.testing import actors
from intake.commands.phasings import UNCHANGED, phase_budget
from intake.models import Act, OutboxEntry
from intake.queries.activities import row

pytestmark = pytest.mark.django_db(databases="__all__")
OFFICER = actors.officer()
YEARS = ("2021-2022", "2022-2023", "2023-2024", "2024-2025")


def plan(activity):
    found = row(actor=OFFICER, activity_id=activity.id)
    return [found.figures(year).planned for year in (*YEARS, None)]


def over(*amounts):
    return dict(zip(YEARS, amounts, strict=False))


def test_a_draft_may_be_incomplete_and_shows_at_once(register) -> None:
    activity = register(total_cents=100_00)
    acted = phase_budget(actor=OFFICER, activity_id=activity.id, phasing=over(30_00, None, 20_00), state="draft")
    assert plan(activity) == [30_00, None, 20_00, None, 50_00]
    assert sum(line.amount_cents for line in acted.lines) == 0


def test_final_equals_the_total_to_the_cent(register, refused) -> None:
    activity = register(total_cents=100_00)
    act = {"actor": OFFICER, "activity_id": activity.id, "state": "final"}
    assert refused(phase_budget, **act, phasing=over(25_00, 25_00, 25_00, 24_99)) == ["sum-mismatch"]
    phase_budget(**act, phasing=over(25_00, 25_00, 25_00, 25_00))
    activity.refresh_from_db()
    assert plan(activity) == [25_00, 25_00, 25_00, 25_00, 0]
    assert (activity.phasing_state, activity.version) == ("final", 2)


def test_changing_a_final_phasing_needs_a_reason_of_the_list(phased, refused) -> None:
    activity = phased()
    moved = over(2_250_000, 4_125_000, 3_450_000, 2_050_000)
    act = {"actor": OFFICER, "activity_id": activity.id, "phasing": moved, "state": "final"}
    assert refused(phase_budget, **act) == ["reason-missing"]
    assert refused(phase_budget, **act, reason="zomaar") == ["reason-unknown"]
    acted = phase_budget(**act, reason="staff_shortage")
    assert [(line.school_year, line.amount_cents) for line in acted.lines] == [
        ("2023-2024", -50_000),
        ("2024-2025", 50_000),
    ]
    event = catalogue.event_from(Envelope.from_json(OutboxEntry.objects.latest("number").message))
    assert (event.reason, event.state, len(event.lines)) == ("staff_shortage", "final", 2)


def test_a_year_can_be_unknown_again(register) -> None:
    activity = register(total_cents=100_00)
    act = {"actor": OFFICER, "activity_id": activity.id, "state": "draft"}
    phase_budget(**act, phasing=over(30_00, 70_00))
    phase_budget(**act, phasing=over(30_00, None))
    assert plan(activity) == [30_00, None, None, None, 70_00]
    phase_budget(**act, phasing=over(30_00, 0))
    assert plan(activity) == [30_00, 0, None, None, 70_00]


@pytest.mark.parametrize(
    ("phasing", "code"),
    [
        ({"2025-2026": 1}, "year-outside-programme"),
        ({"2021-2022": -1}, "amount-negative"),
        ({"2021-2022": 10**14}, "amount-too-large"),
    ],
)
def test_a_phasing_that_cannot_be_meant_is_refused(register, refused, phasing, code) -> None:
    act = {"actor": OFFICER, "activity_id": register().id, "phasing": phasing}
    assert refused(phase_budget, **act, state="draft") == [code]


def test_two_people_phasing_the_same_see_both(register) -> None:
    activity = register(total_cents=100_00)
    act = {"actor": OFFICER, "activity_id": activity.id, "state": "draft", "version": 1}
    phase_budget(**act, phasing=over(10_00))
    with pytest.raises(Outdated) as caught:
        phase_budget(**act, phasing=over(20_00))
    assert caught.value.version == 2
    assert caught.value.yours["phasing"] == [{"schoolYear": "2021-2022", "plannedCents": 20_00}]
    assert caught.value.current["phasing"][0] == {"schoolYear": "2021-2022", "plannedCents": 10_00}
    assert plan(activity)[0] == 10_00


def test_saving_the_same_again_writes_nothing(phased) -> None:
    activity = phased()
    before = Act.objects.count()
    phasing = over(2_250_000, 4_125_000, 3_500_000, 2_000_000)
    acted = phase_budget(actor=OFFICER, activity_id=activity.id, phasing=phasing, state="final")
    assert acted.warnings == (UNCHANGED,) and Act.objects.count() == before


def test_a_double_click_phases_once(register) -> None:
    activity, act = register(total_cents=100_00), new_id()
    for _ in range(2):
        phase_budget(actor=OFFICER, activity_id=activity.id, phasing=over(10_00), version=1, act_id=act)
    activity.refresh_from_db()
    assert activity.version == 2


def test_a_council_member_looks_and_does_not_phase(register) -> None:
    with pytest.raises(Forbidden):
        phase_budget(actor=actors.council_member(), activity_id=register().id, phasing={})
