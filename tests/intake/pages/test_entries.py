"""Booking on a page: what is read, what is asked, what is refused in words beside the field, and that twice is once."""

from datetime import date

import pytest
from django.contrib.messages import get_messages

from coordination.contracts.identifiers import new_id
from coordination.testing import actors
from coordination.testing.page_rules import assert_good_fragment
from intake.models import Act, LedgerLine
from intake.queries.activities import row

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
N = "\u00a0"
SPENDING, COMMITMENT = "/entries/new?kind=spending", "/entries/new?kind=commitment"
CORRECTION, UNTIL = "/entries/new?kind=correction", "/entries/new?kind=spent_until"


def figures(activity):
    return row(actor=actors.officer(), activity_id=activity.id)


def said(answer) -> list[str]:
    """The messages the next page will show."""
    return [str(one) for one in get_messages(answer.wsgi_request)]


def test_a_spending_is_booked_in_the_year_of_its_date_and_seen_back(officer, phased) -> None:
    activity = phased()
    answer = officer.fill(activity, SPENDING, amount="€ 100,01", note="Voorleesboeken")
    assert answer.status_code == 302 and answer["Location"] == f"/intake/activities/{activity.id}"
    assert said(answer) == [f"De besteding van €{N}100,01 is geboekt in schooljaar 2024-2025."]
    assert figures(activity).figures("2024-2025").realised == 100_01
    line = LedgerLine.objects.latest("number")
    assert (line.kind, line.dated_on, line.funding_source) == ("spending", date(2025, 1, 14), "np_onderwijs")
    page = officer.read(activity)
    assert f"M. Yilmaz boekte een besteding van €{N}100,01 op 14 januari 2025" in page and "Voorleesboeken" in page
    assert f"boekte M. Yilmaz een besteding van €{N}100,01" in officer.read(activity, "/lines?figure=realised")


def test_a_commitment_counts_in_full_and_is_never_asked_about(officer, keeper, phased) -> None:
    activity = phased()
    answer = keeper.fill(activity, COMMITMENT, amount="2500", date="3-10-2023", funding_source="oab")
    assert said(answer) == [f"De verplichting van €{N}2.500,00 is vastgelegd in schooljaar 2023-2024."]
    assert figures(activity).figures("2023-2024").committed == 2_500_00
    assert LedgerLine.objects.latest("number").funding_source == "oab"


def test_a_correction_has_a_sign_and_a_reason_of_the_list(officer, phased) -> None:
    activity = phased()
    officer.fill(activity, SPENDING, amount="100")
    officer.fill(activity, CORRECTION, amount="-40,50", reason="refund")
    assert figures(activity).figures("2024-2025").realised == 59_50
    assert Act.objects.latest("recorded_at").reason == "refund"
    assert "teruggekregen" in officer.read(activity)


def test_a_date_before_the_reference_date_makes_the_page_ask_and_keeps_what_was_typed(
    officer, phased, problems
) -> None:
    activity = phased()
    answer = officer.fill(activity, SPENDING, amount="1.000,00", date="1-7-2021", note="Blijft staan")
    found = problems(answer)
    assert found == [
        f"Er staat al €{N}71.480,00 besteed tot en met 31 december 2024. "
        "Hoort dit bedrag daarbij, of komt het erbij? Kies een van de twee."
    ]
    page = answer.content.decode()
    assert 'value="1.000,00"' in page and "Blijft staan" in page and 'value="1-7-2021"' in page
    assert "Schooljaar: <b>2021-2022</b>" in page


@pytest.mark.parametrize(("meant", "total", "year"), [("true", 71_480_00, 1_000_00), ("false", 72_480_00, 1_000_00)])
def test_it_divides_or_adds_as_was_meant(officer, phased, meant, total, year) -> None:
    activity = phased()
    officer.fill(activity, SPENDING, amount="1000", date="1-7-2021", divides_cumulative=meant)
    found = figures(activity)
    assert found.total.realised == total and found.figures("2021-2022").realised == year


def test_the_question_comes_while_one_types(officer, phased) -> None:
    activity = phased()
    answer = officer.open(activity, f"{SPENDING}&fragment=meaning&date=31-12-2024", HX_Request="true")
    assert_good_fragment(answer)
    assert "Hoort dit bedrag daarbij" in answer.content.decode() and "2024-2025" in answer.content.decode()
    later = officer.open(activity, f"{SPENDING}&fragment=meaning&date=1-1-2025", HX_Request="true").content.decode()
    assert "Hoort dit bedrag daarbij" not in later
    assert "ligt na vandaag" in officer.open(activity, f"{SPENDING}&fragment=meaning&date=1-3-2025").content.decode()


def test_a_date_after_today_is_booked_with_a_warning(officer, phased) -> None:
    answer = officer.fill(phased(), SPENDING, amount="1", date="1 maart 2025")
    assert said(answer)[1] == "De datum 1 maart 2025 ligt na vandaag (14 januari 2025). Klopt dat?"


def test_spending_more_than_planned_is_booked_with_a_warning(officer, register) -> None:
    answer = officer.fill(register(total_cents=100), SPENDING, amount="1,01")
    assert said(answer)[1] == f"Er is meer besteed dan begroot: €{N}0,01."


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"amount": ""}, "Vul een bedrag in."),
        ({"amount": "veel"}, "We kunnen dit bedrag niet lezen. Schrijf het zoals 1.234,56."),
        ({"amount": "0"}, "Het bedrag mag geen 0 zijn. Vul een bedrag boven 0 in."),
        ({"amount": "-5"}, "Een bedrag kan niet negatief zijn. Vul een bedrag van 0 of meer in."),
        ({"amount": "999.999.999.999.999"}, f"Dit bedrag is te groot. Het mag hoogstens €{N}100.000.000.000,00 zijn."),
        ({"date": ""}, "Vul een datum in."),
        ({"date": "31-02-2024"}, "Deze datum bestaat niet. Schrijf hem zoals 31-12-2024."),
        (
            {"date": "30-06-2021"},
            "30 juni 2021 valt buiten de looptijd van het programma (1 juli 2021 tot en met 31 juli 2025).",
        ),
        (
            {"date": "1-8-2025"},
            "1 augustus 2025 valt buiten de looptijd van het programma (1 juli 2021 tot en met 31 juli 2025).",
        ),
        ({"funding_source": ""}, "Kies uit welk potje dit geld komt."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(officer, phased, problems, typed, message) -> None:
    activity = phased()
    before = LedgerLine.objects.count()
    assert message in problems(officer.fill(activity, SPENDING, **({"amount": "10"} | typed)))
    assert LedgerLine.objects.count() == before


def test_nonsense_is_a_form_with_messages_and_never_a_fault(officer, phased) -> None:
    activity = phased()
    for typed in (
        {"amount": "1\x00", "note": "a\x00b"},
        {"divides_cumulative": "misschien", "amount": "10"},
        {"funding_source": "niks", "amount": "10"},
        {"key": "geen", "amount": "10"},
        {"note": "x" * 3000, "amount": "10"},
        {"amount": "1" * 5000},
    ):
        assert officer.fill(activity, SPENDING, **typed).status_code == 400
    assert officer.send(activity, SPENDING, {}).status_code == 400
    assert officer.open(activity, "/entries/new?kind=onzin&schoolYear=%3Cscript%3E").status_code == 200


def test_a_form_sent_twice_is_one_act(officer, phased) -> None:
    activity = phased()
    form = officer.form(activity, SPENDING) | {"amount": "100"}
    first, second = officer.send(activity, SPENDING, form), officer.send(activity, SPENDING, form)
    assert first.status_code == second.status_code == 302
    assert figures(activity).figures("2024-2025").realised == 100_00


def test_a_key_of_another_activity_is_refused(officer, phased, problems) -> None:
    one, two = phased(), phased(title="Zomerschool")
    form = officer.form(one, SPENDING) | {"amount": "100"}
    officer.send(one, SPENDING, form)
    answer = officer.send(two, SPENDING, form)
    problems(answer, 409)
    assert "Dit formulier is al gebruikt. Open het opnieuw." in answer.content.decode()


def test_a_newer_reference_date_books_the_difference(officer, phased, problems) -> None:
    activity = phased()
    assert "Nu staat er" in officer.read(activity, UNTIL)
    older = officer.fill(activity, UNTIL, amount="80.000,00", reference_date="31-12-2024")
    assert "Kies een latere peildatum" in problems(older)[0]
    answer = officer.fill(activity, UNTIL, amount="80.000,00", reference_date="14-01-2025")
    assert said(answer) == [f"Er staat nu dat er €{N}80.000,00 is besteed tot en met 14 januari 2025."]
    found = figures(activity)
    assert found.total.realised == 80_000_00 and found.figures(None).realised == 80_000_00


def test_in_place_it_answers_the_form_alone_and_refreshes_what_was_open(officer, phased) -> None:
    activity = phased()
    path = f"{SPENDING}&fragment=form"
    shown = officer.open(activity, path, HX_Request="true")
    assert_good_fragment(shown)
    assert "hx-post" in shown.content.decode() and "<html" not in shown.content.decode()
    form = officer.form(activity, SPENDING)
    wrong = officer.send(activity, path, form | {"amount": ""}, HX_Request="true")
    assert wrong.status_code == 200 and "Vul een bedrag in." in wrong.content.decode()
    grid = {"HX_Request": "true", "HX_Current_URL": "http://testserver/intake/activities?show=realised"}
    done = officer.send(activity, path, form | {"amount": "1"}, **grid)
    assert_good_fragment(done)
    assert done["HX-Retarget"] == "#raster" and f"cel-{activity.id}-realised" in done["HX-Trigger-After-Settle"]
    assert "71.481,00" in done.content.decode() and said(done) == []
    late = officer.form(activity, SPENDING) | {"amount": "1", "date": "1-3-2025"}
    warned = officer.send(activity, path, late, **grid)
    assert warned["HX-Refresh"] == "true" and len(said(warned)) == 2
    here = {"HX_Request": "true", "HX_Current_URL": f"http://testserver/intake/activities/{activity.id}"}
    again = officer.send(activity, path, officer.form(activity, SPENDING) | {"amount": "1"}, **here)
    assert again["HX-Refresh"] == "true"


@pytest.mark.parametrize("path", [SPENDING, COMMITMENT, CORRECTION, UNTIL])
def test_who_may_not_book_is_refused_before_anything_is_read(visitor, phased, path) -> None:
    activity = phased()
    elsewhere, council = visitor("policy_officer", "9902"), visitor("council_member")
    sent = {"key": str(new_id()), "amount": "1", "date": "1-1-2025", "funding_source": "np_onderwijs"}
    assert elsewhere.open(activity, path).status_code == elsewhere.send(activity, path, sent).status_code == 404
    assert council.open(activity, path).status_code == 403
    refused = council.send(activity, path, sent)
    assert refused.status_code == 403 and "Vraag een collega met die rol." in refused.content.decode()
    assert figures(activity).total.realised == 71_480_00
