"""Sheets through the page: judged row by row, good rows taken over, bad rows mended on the screen."""

from pathlib import Path

import pytest
from tests.journeys.looking import axe_faults, cents

import intake

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
CLEAN = Path(intake.__file__).parent / "domain" / "example" / "example-activities.csv"
MESSY = Path(__file__).parents[1] / "intake" / "sheets" / "example-activities-messy.csv"
ADMINISTRATOR = "beheer@vierspan.example"


def _upload(page, sheet: Path):
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/intake/uploads")
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="Bestand controleren").click()
    page.get_by_text("Uw bestand, rij voor rij").wait_for()
    return page


def _counts(page) -> tuple[int, int, int]:
    return tuple(
        int(page.locator(f"[data-figure='{name}']").first.inner_text()) for name in ("good", "waiting", "skipped")
    )


def test_an_officer_may_send_rows_of_her_own_municipality_only(sign_in, register_house):
    page = _upload(sign_in(register_house, "beleid@merenstad.example"), CLEAN)
    assert _counts(page) == (13, 17, 0)


def test_the_administrator_may_send_rows_of_all(sign_in, register_house):
    page = _upload(sign_in(register_house, ADMINISTRATOR), CLEAN)
    assert _counts(page) == (30, 0, 0)
    assert cents(page.locator(".vs-tile--good").inner_text().split("samen")[1]) == 467363930


def test_a_messy_sheet_is_mended_on_the_screen_and_its_good_rows_taken_over(sign_in, register_house):
    page = _upload(sign_in(register_house, ADMINISTRATOR, viewport={"width": 1280, "height": 900}), MESSY)
    assert _counts(page) == (16, 13, 2)
    assert cents(page.locator(".vs-tile--good").inner_text().split("samen")[1]) == 250625280
    assert page.get_by_role("heading", level=1).inner_text() == "16 van de 29 activiteiten zijn goed"
    assert "Kies een soort maatregel." in page.locator("#rij-4").inner_text()
    assert axe_faults(page) == []

    page.locator("#rij-4 select").select_option(label="Activiteiten op het gebied van sport, cultuur en techniek")
    page.get_by_role("button", name="Datums omwisselen").click()
    page.get_by_text("17 van de 29").or_(page.get_by_text("18 van de 29")).first.wait_for()
    page.get_by_role("button", name="Verbeterde rijen opnieuw controleren").click()
    page.get_by_text("18 van de 29").first.wait_for()
    page.get_by_role("button", name="18 goede rijen overnemen").click()
    page.get_by_text("18 activiteiten").first.wait_for()
    assert page.locator("#rij-3").count() == 1

    again = _upload(page, MESSY)
    assert _counts(again)[0] == 0
    page.goto(register_house.address + "/intake/activities?municipality=9901")
    assert page.locator("tbody[id^='rij-']").count() == 9
