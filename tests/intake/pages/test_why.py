"""Why is this figure what it is: the bill adds up to the cell, in sentences, and people stay inside their own house."""

import re
from datetime import date

import pytest
from django.test import Client

from coordination.contracts.money import amount_in_column
from coordination.testing import actors
from coordination.testing.page_rules import assert_good_fragment, assert_good_page
from coordination.testing.people import account_of, browser_of
from intake.commands.entries import record_entry
from intake.commands.phasings import phase_budget
from intake.queries.activities import row

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
WHO = actors.actor("policy_officer", "9901", name="M. Yilmaz")


def client_of(*who: str) -> Client:
    return browser_of(account_of(*who))


@pytest.fixture
def officer(basis) -> Client:
    return client_of("policy_officer")


@pytest.fixture
def moved(phased):
    """An activity of which 500,00 moved to 2024-2025 and 100,00 was spent and 50,00 committed there."""
    activity = phased(actor=WHO)
    plan = {"2021-2022": 2_250_000, "2022-2023": 4_125_000, "2023-2024": 3_450_000, "2024-2025": 2_050_000}
    phase_budget(actor=WHO, activity_id=activity.id, phasing=plan, state="final", reason="staff_shortage")
    for kind, cents in (("spending", 100_00), ("commitment", 50_00)):
        record_entry(
            actor=WHO,
            activity_id=activity.id,
            kind=kind,
            dated_on=date(2025, 1, 10),
            amount_cents=cents,
            funding_source="np_onderwijs",
        )
    return activity


def address(activity) -> str:
    return f"/intake/activities/{activity.id}/lines"


def test_the_bill_of_a_cell_is_told_in_sentences(officer, moved) -> None:
    page = officer.get(address(moved), {"figure": "planned", "schoolYear": "2024-2025"})
    assert_good_page(page)
    text = page.content.decode()
    assert "Waarom is dit bedrag €\xa020.500,00?" in text
    assert "verschoof M. Yilmaz €\xa0500,00 van 2023-2024 naar 2024-2025. Reden: geen personeel gevonden." in text
    assert re.search(r'vs-bill__amount">\+\xa0500,00<', text)
    assert re.search(r'vs-bill__sum"><span class="vs-bill__amount">20.500,00<', text)


def test_every_figure_of_the_grid_has_a_bill_equal_to_it(officer, moved) -> None:
    found = row(actor=WHO, activity_id=moved.id)
    wanted = {("total", ""): found.total.planned, ("remaining", ""): found.total.remaining}
    for name in ("committed", "realised"):
        wanted[(name, "")] = getattr(found.total, name)
    for year in (*found.picture.by_year,):
        for name in ("planned", "committed", "realised"):
            wanted[(name, year or "undivided")] = getattr(found.figures(year), name)
    for (figure, year), cents in wanted.items():
        asked = {"figure": figure} | ({"schoolYear": year} if year else {})
        text = officer.get(address(moved), asked).content.decode()
        if cents is None:
            assert "Waarom is dit bedrag onbekend?" in text
        else:
            assert re.search(rf'vs-bill__sum"><span class="vs-bill__amount">{amount_in_column(cents)}<', text), figure


def test_in_place_it_is_a_fragment(officer, moved) -> None:
    asked = {"figure": "realised", "fragment": "panel"}
    panel = officer.get(address(moved), asked, headers={"HX-Request": "true"})
    assert_good_fragment(panel)
    assert "<!doctype" not in panel.content.decode().lower()
    assert f"/intake/activities/{moved.id}/entries/new?kind=spending" in panel.content.decode()


def test_outside_the_own_organisation_people_have_a_function(moved, basis) -> None:
    asked = {"figure": "planned", "schoolYear": "2024-2025"}
    council = client_of("council_member").get(address(moved), asked).content.decode()
    assert "Yilmaz" not in council and "een beleidsmedewerker" in council
    assert "entries/new" not in council and "/phasing" not in council
    assert "M. Yilmaz" in client_of("budget_holder").get(address(moved), asked).content.decode()


def test_elsewhere_is_not_found_and_nonsense_is_said(officer, moved, register) -> None:
    assert officer.get(address(register(municipality="9902")), {"figure": "planned"}).status_code == 404
    assert client_of("policy_officer", "9902").get(address(moved), {"figure": "planned"}).status_code == 404
    for wrong in ({"figure": "winst"}, {"figure": "planned", "schoolYear": "straks"}):
        assert officer.get(address(moved), wrong).status_code == 400
    assert Client().get(address(moved)).status_code == 302


@pytest.mark.parametrize("figure", ["planned", "committed", "realised", "remaining"])
def test_the_bill_of_a_total_names_each_activity_and_adds_up(officer, moved, phased, figure) -> None:
    phased(actor=WHO, title="Nog een activiteit")
    grid_page = officer.get("/intake/activities").content.decode()
    shown = re.search(rf'data-figure="total-{figure}"[^>]*>([^<]+)<', grid_page)[1]
    page = officer.get("/intake/lines", {"figure": figure, "municipality": "9901"})
    assert_good_page(page)
    amounts = [cents_of(text) for text in re.findall(r'vs-bill__amount">([^<]+)<', page.content.decode())]
    assert sum(amounts[:-1]) == amounts[-1] == cents_of(shown)
    assert "Nog een activiteit" in page.content.decode() or figure in ("committed", "realised", "remaining")


def test_the_bill_of_a_total_keeps_the_year_and_the_filter(officer, moved, phased) -> None:
    phased(actor=WHO, title="Nog een activiteit")
    wanted = {"figure": "planned", "schoolYear": "2024-2025", "q": "nog een", "municipality": "9901"}
    text = officer.get("/intake/lines", wanted).content.decode()
    assert "Nog een activiteit" in text and moved.title not in text
    assert officer.get("/intake/lines", wanted | {"schoolYear": "2031-2033"}).status_code == 400
    assert officer.get("/intake/lines", wanted | {"figure": "winst"}).status_code == 400


def test_the_allocation_and_what_is_left_of_it_have_a_bill(officer, moved) -> None:
    for figure, last in (("allocated", 348247300), ("unassigned", 348247300 - moved.total_cents)):
        page = officer.get("/intake/lines", {"figure": figure})
        assert_good_page(page)
        amounts = [cents_of(text) for text in re.findall(r'vs-bill__amount">([^<]+)<', page.content.decode())]
        assert sum(amounts[:-1]) == amounts[-1] == last
    assert officer.get("/intake/lines", {"figure": "allocated", "municipality": "9902"}).status_code == 404
    assert client_of("policy_officer", "9902").get("/intake/lines", {"municipality": "9901"}).status_code == 404


def cents_of(text: str) -> int:
    """The cents of an amount in a column, a minus before or behind a space included."""
    digits = int(re.sub(r"\D", "", text))
    return -digits if text.strip()[0] in "-−" else digits
