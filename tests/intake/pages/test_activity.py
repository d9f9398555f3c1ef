"""The page of one activity: what it says, what it leaves unknown, who sees it and who finds buttons on it."""

import re
from datetime import date

import pytest

from coordination.contracts.clock import recorded_now
from coordination.contracts.identifiers import new_id
from coordination.testing import actors
from coordination.testing.page_rules import assert_good_fragment
from intake.commands.changes import withdraw_activity
from intake.commands.entries import divide_spending, record_entry
from intake.commands.progress import report_progress
from intake.models import Offer, Participation, PartnerRole, School

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
N = "\u00a0"
ACTIONS = ("/report", "/entries/new", "/divide", "/change", "/withdraw", "/transfer", "/phasing")


def words(page: str) -> str:
    """The text of a page without its tags."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&#x27;", "'")


@pytest.fixture
def joined(phased):
    """An activity with a school that joins and a partner that has not answered."""
    school = School.objects.create(
        id=new_id(), brin="90AA", location_code="90AA00", name="Het Gemaalhuis", municipality="9901"
    )
    activity = phased(
        schools=[school.id], partners=["Bibliotheek Merenrand"], goal="Meer leesplezier", continuation="no"
    )
    Participation.objects.create(
        id=new_id(),
        activity=activity.id,
        school=school.id,
        municipality="9901",
        state="joined",
        origin="municipality",
        pupils=3,
        changed_at=recorded_now(),
    )
    PartnerRole.objects.create(
        id=new_id(),
        activity=activity.id,
        partner=activity.partners[0]["partner_id"],
        municipality="9901",
        state="named",
        changed_at=recorded_now(),
    )
    return activity


def test_it_says_how_the_activity_stands(officer, joined) -> None:
    text = words(officer.read(joined))
    assert "Stand van 31 december 2024" in text and "bericht is 14 dagen oud" in text
    assert f"€{N}71.480,00" in text and f"besteed van €{N}118.750,00" in text and "60,2% besteed" in text
    assert f"volgens plan €{N}107.083,33" in text
    assert f"tot en met 31 juli 2024 (€{N}98.750,00), plus 5/12 van 2024-2025 (€{N}8.333,33)" in text
    assert f"€{N}47.270,00" in text
    assert "1 november 2021 – 31 juli 2025" in text and "Meer leesplezier" in text
    assert "nog niet verdeeld over jaren" in text and "Gaat niet door" in text


def test_who_joins_stands_there_with_its_state(officer, joined) -> None:
    page = officer.read(joined)
    text = words(page)
    assert "Het Gemaalhuis" in text and "Doet mee" in text and "vastgelegd door de gemeente" in text
    assert "Bibliotheek Merenrand" in text and "Nog niet bevestigd" in text
    assert "Plekken en wachtlijst: niet opgegeven, dus onbekend." in text
    assert f"/matching/schools/{joined.schools[0]}" in page
    Offer.objects.create(activity=joined.id, places=40)
    assert "Plekken: 40." in words(officer.read(joined))


def test_every_known_figure_leads_to_the_lines_behind_it(officer, phased) -> None:
    activity = phased()
    page = officer.read(activity)
    assert f"/intake/activities/{activity.id}/lines?figure=planned&amp;schoolYear=2024-2025" in page
    assert f"/intake/activities/{activity.id}/lines?figure=realised" in page
    for address in re.findall(r'class="vs-why[^"]*"[^>]*href="([^"]+)"', page):
        assert officer.client.get(address.replace("&amp;", "&")).status_code == 200


def test_a_dated_entry_shows_in_its_year_and_the_rest_stays_undivided(officer, phased) -> None:
    activity = phased()
    given = {"actor": actors.officer(), "activity_id": activity.id}
    record_entry(
        **given, kind="spending", dated_on=date(2025, 1, 10), amount_cents=10_001, funding_source="np_onderwijs"
    )
    divide_spending(**given, parts={"2021-2022": 5_000})
    page = officer.read(activity)
    figures = dict(re.findall(r'data-figure="([^"]+)"[^>]*>([^<]*)<', page))
    assert figures["realised-2024-2025"] == "100,01" and figures["realised-2021-2022"] == "50,00"
    assert figures["realised-undivided"] == "71.430,00" and figures["realised-total"] == "71.580,01"
    assert "realised-2022-2023" not in figures
    assert "Stand van <b>10 januari 2025</b>" in page


def test_unknown_is_a_word(officer, register) -> None:
    text = words(officer.read(register()))
    assert "Er is nog geen bericht over deze activiteit." in text
    assert "besteed: onbekend" in text and "Hoeveel er over is, is onbekend." in text
    assert "Er is nog geen resultaat ingevuld." in text and "Bereik (aantal deelnemers): onbekend." in text
    assert "De fasering is een concept" in text and "Nog niet verdeeld" in text


def test_overspending_is_said_in_words(officer, register) -> None:
    activity = register(spent_until_cents=12_000_000, reference_date=date(2024, 12, 31))
    assert f"Er is €{N}1.250,00 meer besteed dan begroot." in words(officer.read(activity))


def test_the_history_is_newest_first_and_says_who(officer, phased) -> None:
    activity = phased(note="Deel gaat mogelijk naar jongerenwerk")
    report_progress(
        actor=actors.actor("policy_officer", "9901", name="M. Yilmaz"),
        activity_id=activity.id,
        reported_on=date(2025, 1, 14),
        status="decided",
        participants=3,
        note="Alleen voor collega's",
    )
    text = words(officer.read(activity))
    told = text[text.index("Geschiedenis") :]
    assert told.index("M. Yilmaz meldde de voortgang. Status: vastgesteld.") < told.index(
        "registreerde deze activiteit."
    )
    assert "Deelnemers: 3." in told and "Alleen voor collega" in told
    assert "Ouder is er niet: de activiteit begon op 1 november 2021" in told
    assert "Deel gaat mogelijk naar jongerenwerk" in text


def test_a_council_member_reads_the_same_page_without_buttons_names_notes_and_small_counts(visitor, joined) -> None:
    report_progress(
        actor=actors.actor("policy_officer", "9901", name="M. Yilmaz"),
        activity_id=joined.id,
        reported_on=date(2025, 1, 14),
        participants=3,
        note="Alleen voor collega's",
    )
    page = visitor("council_member").read(joined)
    assert f"€{N}71.480,00" in page and "een beleidsmedewerker" in page.lower()
    assert "M. Yilmaz meldde" not in page and "Alleen voor collega" not in page
    assert "minder dan 5" in page and "Deelnemers: 3" not in page and "3 leerlingen" not in page
    assert not [action for action in ACTIONS if f"{joined.id}{action}" in page]
    assert "Eigenaar" not in page and "/matching/" not in page


def test_a_budget_holder_moves_money_and_an_officer_describes(officer, keeper, phased) -> None:
    activity = phased()
    mine, theirs = officer.read(activity), keeper.read(activity)
    assert f"{activity.id}/change" in mine and f"{activity.id}/transfer" not in mine
    assert f"{activity.id}/transfer" in theirs and f"{activity.id}/change" not in theirs
    assert f"{activity.id}/entries/new" in theirs and f"{activity.id}/report" not in theirs


@pytest.mark.parametrize(
    ("role", "key", "kind"),
    [
        ("policy_officer", "9902", "municipality"),
        ("council_member", "9902", "municipality"),
        ("school_coordinator", "0192f000-0000-7000-8003-000000000001", "school"),
        ("partner", "0192f000-0000-7000-8004-000000000001", "partner"),
    ],
)
def test_for_others_it_does_not_exist(visitor, phased, role, key, kind) -> None:
    activity = phased()
    other = visitor(role, key, kind)
    for path in ("", "?fragment=status", *(f"{action}" for action in ACTIONS)):
        answer = other.open(activity, path)
        assert answer.status_code == 404 and activity.title not in answer.content.decode()


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(client, phased) -> None:
    activity = phased()
    for path in ("", "/change", "/entries/new?kind=commitment"):
        answer = client.get(f"/intake/activities/{activity.id}{path}")
        assert answer.status_code == 302 and answer["Location"].startswith("/inloggen?next=%2Fintake%2Factivities")


@pytest.mark.parametrize("name", ["status", "standing", "years", "people", "history"])
def test_each_part_that_changes_answers_alone(officer, joined, name) -> None:
    page = officer.read(joined)
    assert f'data-live-fragment="{name}"' in page and f'data-live-id="{joined.id}"' in page
    answer = officer.open(joined, f"?fragment={name}")
    assert_good_fragment(answer)
    assert "<html" not in answer.content.decode()


def test_a_withdrawn_activity_stays_readable_and_takes_nothing_more(officer, phased) -> None:
    activity = phased()
    withdraw_activity(actor=actors.officer(), activity_id=activity.id, reason="registered_twice")
    page = officer.read(activity)
    assert "Ingetrokken" in page and not [action for action in ACTIONS if f"{activity.id}{action}" in page]
    assert officer.open(activity, "/report").status_code == 409


def test_the_number_of_questions_to_the_database_does_not_grow(
    officer, joined, register, django_assert_max_num_queries
) -> None:
    given = {"actor": actors.officer(), "activity_id": joined.id, "funding_source": "np_onderwijs"}
    for day in range(1, 13):
        record_entry(**given, kind="spending", dated_on=date(2025, 1, day), amount_cents=100)
        report_progress(actor=actors.officer(), activity_id=joined.id, reported_on=date(2025, 1, day), participants=day)
    with django_assert_max_num_queries(24, using="intake"):
        page = officer.read(joined)
    assert "Toon nog 10 eerdere wijzigingen" in page and page.count("<time ") == 25


def test_the_administrator_of_the_house_acts_for_every_municipality(visitor, phased) -> None:
    activity = phased(municipality="9904", title="Spreekklas")
    house = visitor("administrator", "house", "house")
    page = house.read(activity)
    assert "/intake/activities?municipality=9904" in page
    assert not [action for action in ACTIONS if f"{activity.id}{action}" not in page]
    assert house.fill(activity, "/entries/new?kind=commitment", amount="1").status_code == 302
    assert house.fill(activity, "/report", participants="3").status_code == 302
