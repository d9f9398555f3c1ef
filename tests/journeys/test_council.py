"""The council member: figures that change while he watches, the same on the page, in the API and in the files."""

import csv
import io
import json
import time
import urllib.request

import openpyxl
import pytest
from tests.journeys.looking import cents, figure

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
COUNCIL, OFFICER = "raad@columba.example", "beleid@columba.example"


def _get(house, path: str, token: str) -> bytes:
    request = urllib.request.Request(house.address + path, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def test_the_page_changes_while_he_watches(sign_in, full_house):
    watcher = sign_in(full_house, COUNCIL, viewport={"width": 1280, "height": 900})
    before = figure(watcher, "realised")
    assert before is not None
    watcher.locator("[data-live-word]").get_by_text("Live", exact=True).first.wait_for()

    officer = sign_in(full_house, OFFICER)
    officer.get_by_role("link", name="Digitale hulp voor ouders thuis").click()
    officer.get_by_role("link", name="Besteding toevoegen").first.click()
    officer.get_by_label("Datum").fill("14-1-2025")
    officer.get_by_label("Bedrag").fill("123,45")
    officer.get_by_role("button", name="Besteding").click()
    officer.get_by_role("heading", level=1, name="Digitale hulp voor ouders thuis").wait_for()
    saved = time.monotonic()
    while figure(watcher, "realised") != before + 12345:
        assert time.monotonic() < saved + 10, "the council page did not follow"
        watcher.wait_for_timeout(50)
    # What just changed is marked, and the mark stays within the page, on a phone too.
    assert watcher.locator(".reporting-figures .vs-changed").count() == 2
    for note in watcher.locator(".vs-figure:has(.vs-changed) .vs-figure__note").all():
        assert note.evaluate("one => getComputedStyle(one).opacity") == "0", "half a note sticks out below the change"
    watcher.set_viewport_size({"width": 390, "height": 900})
    assert watcher.evaluate("document.documentElement.scrollWidth") <= 390
    spoken = watcher.locator("[data-live-region]")
    until = time.monotonic() + 8
    while cents(spoken.inner_text()) != before + 12345:
        assert time.monotonic() < until, f"nothing was said to a screen reader: {spoken.inner_text()!r}"
        watcher.wait_for_timeout(100)


def test_every_figure_is_the_same_on_page_in_api_and_in_files(sign_in, full_house):
    page = sign_in(full_house, COUNCIL)
    token = full_house.token(COUNCIL)
    summary = json.loads(_get(full_house, "/reporting/api/v1/municipalities/9904/summary", token))
    for name in ("allocated", "planned", "realised", "remaining"):
        assert figure(page, name) == summary[f"{name}Cents"], name
    for name in ("plannedCents", "committedCents", "realisedCents"):
        known = [row[name] for row in summary["bySchoolYear"] if row[name] is not None]
        assert (sum(known) if known else None) == summary[name]
        each = [one[name] for one in summary["activities"] if one[name] is not None]
        assert (sum(each) if each else None) == summary[name]
    links = page.get_by_role("link").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    sheet = next(link for link in links if link and "export.csv" in link)
    rows = list(
        csv.DictReader(io.StringIO(page.request.get(full_house.address + sheet).text().lstrip("\ufeff")), delimiter=";")
    )
    of_number = {one["number"]: one for one in summary["activities"]}
    found = [row for row in rows if next(iter(row.values())) in of_number]
    assert len(found) == len(of_number) == 4
    book = openpyxl.load_workbook(
        io.BytesIO(page.request.get(full_house.address + sheet.replace("export.csv", "export.xlsx")).body())
    )
    cells = {str(cell.value): cell for row in book.active.iter_rows() for cell in row if cell.value is not None}
    for number, one in of_number.items():
        row = next(row for row in found if number in row.values())
        amounts = {cents(value) for value in row.values() if value and "," in value}
        assert {one["plannedCents"], one["realisedCents"]} <= amounts, number
        in_book = {
            round(cell.value * 100) for cell in book.active[cells[number].row] if isinstance(cell.value, int | float)
        }
        assert {one["plannedCents"], one["realisedCents"]} <= in_book, number


def test_another_municipality_is_not_there(sign_in, full_house):
    page = sign_in(full_house, COUNCIL)
    answer = page.goto(full_house.address + "/reporting/council/9901")
    assert answer.status == 404
    assert "Merenstad" not in page.content()
