from datetime import date

import pytest

from coordination.contracts.refusals import NotFound
from coordination.testing import actors
from intake.commands.entries import divide_spending, record_entry, record_spent_until
from intake.commands.phasings import phase_budget
from intake.commands.progress import report_progress
from intake.commands.transfers import transfer_budget
from intake.queries.full_picture import full_picture
from intake.queries.history import history
from intake.queries.ledger import bill, lines

pytestmark = pytest.mark.django_db(databases="__all__")
YILMAZ = actors.actor("policy_officer", "9901", name="M. Yilmaz")
N = "\u00a0"


def rephase(activity) -> None:
    phasing = {"2021-2022": 2_250_000, "2022-2023": 4_125_000, "2023-2024": 3_450_000, "2024-2025": 2_050_000}
    phase_budget(
        actor=YILMAZ, activity_id=activity.id, phasing=phasing, state="final", reason="staff_shortage", version=1
    )


def test_a_figure_is_the_sum_of_its_bill(phased) -> None:
    activity = phased(actor=YILMAZ, origin={"upload": "0192f000-0000-7000-8000-000000000001", "row": 7})
    rephase(activity)
    found = bill(actor=YILMAZ, activity_id=activity.id, figure="planned", school_year="2024-2025")
    assert found.sum_cents == 2_050_000
    first, second = (one.sentence for one in found.lines)
    assert first.startswith("Op 14 januari 2025 om ")
    assert first.endswith("uur las M. Yilmaz dit bedrag in uit het overzicht, rij 7.")
    assert second.endswith(
        f"verschoof M. Yilmaz €{N}500,00 van 2023-2024 naar 2024-2025. Reden: geen personeel gevonden."
    )
    assert found.lines[0].row == 7


def test_a_figure_nobody_gave_has_an_empty_bill(phased) -> None:
    found = bill(actor=YILMAZ, activity_id=phased().id, figure="committed", school_year="2024-2025")
    assert found.lines == [] and found.sum_cents is None


def test_outside_the_staff_people_are_said_by_function(phased) -> None:
    activity = phased(actor=YILMAZ)
    told = [one.sentence for one in lines(actor=actors.council_member(), activity_id=activity.id)]
    assert all("Yilmaz" not in one and "een beleidsmedewerker" in one for one in told)
    with pytest.raises(NotFound):
        lines(actor=actors.officer("9902"), activity_id=activity.id)


def test_every_kind_of_act_reads_as_a_sentence(phased) -> None:
    activity, other = phased(actor=YILMAZ), phased(title="Jongerenwerk")
    act = {"actor": YILMAZ, "activity_id": activity.id}
    rephase(activity)
    entry = {"amount_cents": 100_00, "funding_source": "np_onderwijs"}
    record_entry(**act, kind="spending", dated_on=date(2025, 1, 10), **entry)
    record_entry(**act, kind="commitment", dated_on=date(2025, 1, 10), **entry)
    record_entry(**act, kind="spending", dated_on=date(2024, 1, 10), divides_cumulative=True, **entry)
    divide_spending(**act, parts={"2021-2022": 50_00})
    record_spent_until(**act, amount_cents=7_300_000, reference_date=date(2025, 1, 13))
    report_progress(**act, reported_on=date(2025, 1, 14), status="running", participants=4)
    transfer_budget(
        actor=actors.actor("budget_holder", "9901", name="B. Houder"),
        from_activity=activity.id,
        from_school_year="2023-2024",
        to_activity=other.id,
        to_school_year="2023-2024",
        amount_cents=1_000_00,
        reason="low_demand",
    )
    told = lines(actor=YILMAZ, activity_id=activity.id)
    assert all(one.sentence.endswith(".") and "None" not in one.sentence for one in told)
    wanted = f"hevelde B. Houder €{N}1.000,00 over van MRS-001 Voorleesmaatjes aan huis (2023-2024) naar MRS-002"
    assert wanted in told[-1].sentence
    assert wanted in lines(actor=YILMAZ, activity_id=other.id)[-1].sentence
    happened = history(actor=YILMAZ, activity_id=activity.id)
    assert len(happened) == 9
    assert "hevelde B. Houder" in happened[0].sentence and "Reden: minder vraag" in happened[0].sentence
    assert all(one.sentence.endswith(".") for one in happened)
    assert any("Deelnemers: 4." in one.details for one in happened)
    there = history(actor=YILMAZ, activity_id=other.id)[0].sentence
    assert there == happened[0].sentence


def test_the_full_picture_holds_what_a_page_shows(phased) -> None:
    activity = phased(partners=["Bibliotheek Merenrand"])
    found = full_picture(actor=YILMAZ, activity_id=activity.id)
    assert found.activity == activity and found.municipality.name == "Merenstad"
    assert [one.name for one in found.partners] == ["Bibliotheek Merenrand"]
    assert found.words["measure_type"]["home_reading_support"] == "Voorleeshulp thuis"
    assert not found.places_known
