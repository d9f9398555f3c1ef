"""The policy officer's day: see everything, register, phase, book, transfer, and ask why a figure is so."""

import re

import pytest
from tests.journeys.looking import cents, choose, figure, row_of

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
OFFICER, HOLDER = "beleid@dijkermond.example", "budget@dijkermond.example"


@pytest.fixture
def officer(sign_in, full_house):
    """The policy officer of Dijkermond at her grid."""
    return sign_in(full_house, OFFICER, viewport={"width": 1280, "height": 900})


def _open(page, title: str) -> None:
    page.goto(page.url.split("/intake")[0] + "/intake/activities")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_role("heading", level=1, name=title).wait_for()


def _register(page, title: str, total: str) -> None:
    page.goto(page.url.split("/intake")[0] + "/intake/activities")
    page.get_by_role("link", name="Activiteit registreren").click()
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Soort maatregel").select_option(label="Zomerschool")
    page.get_by_label("Van", exact=False).first.fill("1-8-2023")
    page.get_by_label("Tot en met").fill("31-7-2025")
    page.get_by_label("Totaal in euro").fill(total)
    page.get_by_role("button", name="Registreren en verdelen over schooljaren").click()
    page.get_by_role("heading", level=1, name=f"Fasering van {title}").wait_for()


def test_she_sees_every_activity_of_her_municipality_to_the_cent(sign_in, full_house):
    page = sign_in(full_house, "beleid@heidehoek.example", viewport={"width": 1280, "height": 900})
    assert page.get_by_role("heading", level=1).inner_text() == "Activiteiten"
    assert page.locator("tbody[id^='rij-']").count() == 5
    years = [cents(text) for text in page.locator("tr.vs-total td").all_inner_texts()]
    assert years[:4] == [1350000, 6630280, 5550000, 3950000]
    assert sum(years[:4]) == 17480280 == figure(page, "planned")
    assert figure(page, "allocated") == figure(page, "planned") + figure(page, "unassigned")


def test_she_registers_with_five_fields_and_phases_to_the_cent(officer):
    page = officer
    before = figure(page, "planned")
    _register(page, "Proefweken techniek", "12.000,01")
    fields = page.locator("form[data-addup] input.utrecht-textbox, form[data-addup] input.vs-input")
    for place, amount in enumerate(["0", "0", "6.000,00", "6.000,00"]):
        fields.nth(place).fill(amount)
    page.get_by_label("Reden", exact=False).first.select_option(index=1)
    assert "Nog € 0,01 te verdelen" in page.locator("[data-addup-answer]").inner_text().replace("\xa0", " ")
    page.get_by_role("button", name="Fasering vastleggen").click()
    assert "Verschil: € 0,01." in page.locator("main").inner_text().replace("\xa0", " ")
    assert fields.nth(2).input_value() == "6.000,00"
    page.get_by_role("button", name="Als concept bewaren").click()
    page.wait_for_url(re.compile("/intake/activities($|[?#])|/intake/activities/[0-9a-f-]{36}$"))
    page.goto(page.url.split("/intake")[0] + "/intake/activities")
    row = row_of(page, "Proefweken techniek")
    assert "fasering is concept" in row.inner_text()
    assert figure(page, "planned") == before + 1200001

    row.locator("a.intake-edit").first.click()
    panel = row.locator(".intake-phasing")
    with page.expect_response(lambda answer: "preset=even" in answer.url):
        panel.get_by_role("link", name="gelijk per maand").click()
    panel.locator("input[value='6.000,01']").wait_for()
    panel.get_by_label("Reden", exact=False).first.select_option(index=1)
    panel.get_by_role("button", name="Fasering vastleggen").click()
    row.get_by_text("fasering is concept").wait_for(state="detached")
    assert [cents(text) for text in row.locator("td.vs-number").all_inner_texts()[:4]] == [0, 0, 600001, 600000]


def test_every_act_is_a_sentence_behind_the_figure(officer, sign_in, full_house):
    page = officer
    title = "Weerbaarheidstraining groep 7 en 8"
    _open(page, title)
    spent = figure(page, "realised")
    page.get_by_role("link", name="Besteding toevoegen").first.click()
    page.get_by_label("Datum").fill("10-1-2025")
    page.get_by_label("Bedrag").fill("100")
    page.get_by_role("button", name="Besteding").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    assert figure(page, "realised") == spent + 10000

    page.get_by_text("Meer", exact=True).click()
    page.get_by_role("link", name="Verplichting toevoegen").click()
    page.get_by_label("Datum").fill("10-1-2025")
    page.get_by_label("Bedrag").fill("2.500,50")
    page.get_by_role("button", name="Verplichting").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    assert "2.500,50" in page.locator(".vs-activity-years").inner_text()

    page.get_by_role("link", name="Voortgang melden").click()
    page.get_by_label("Deelnemers").fill("120")
    page.get_by_role("button", name="Voortgang").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    history = page.get_by_role("heading", name="Geschiedenis").locator("xpath=..").inner_text()
    assert "100,00" in history and "2.500,50" in history

    holder = sign_in(full_house, HOLDER)
    _open(holder, title)
    planned = figure(holder, "planned-2024-2025")
    holder.get_by_role("link", name="Bedrag overhevelen").first.click()
    holder.get_by_label("Uit welk schooljaar").select_option("2024-2025")
    choose(holder.get_by_label("Naar welke activiteit"), "Gezinscoach rond de basisschool")
    holder.get_by_label("In welk schooljaar").select_option("2024-2025")
    holder.get_by_label("Bedrag").fill("1.000")
    holder.get_by_label("Reden").select_option(index=1)
    holder.get_by_role("button", name="overhevelen").click()
    holder.get_by_role("heading", level=1, name=title).wait_for()
    assert figure(holder, "planned-2024-2025") == planned - 100000

    page.goto(page.url.split("/intake")[0] + "/intake/activities")
    row = row_of(page, "DKM-001")
    row.locator("td.vs-number").nth(3).locator("a").click()
    answer = row.locator(".vs-panel").first
    answer.wait_for()
    page.goto(page.url.split("/intake")[0] + row.locator("a[href*='figure=total']").first.get_attribute("href"))
    assert "1.000,00" in page.locator(".vs-bill").inner_text()


def test_an_amount_up_to_a_date_gets_its_school_years(officer):
    page, title = officer, "Huiswerkcafé in de bibliotheek"
    _open(page, title)
    spent = figure(page, "realised")
    page.get_by_role("link", name="Verdeel de").click()
    for year, amount in (("2022-2023", "32.400"), ("2023-2024", "30.000"), ("2024-2025", "7.750")):
        page.get_by_label(year).fill(amount)
    assert "Klopt" in page.locator("[data-addup-answer]").inner_text()
    page.get_by_role("button", name="Verdeling opslaan").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    assert figure(page, "realised") == spent
    years = page.locator(".vs-activity-years tbody tr")
    of_year = [cents(years.nth(place).locator("td").last.inner_text()) for place in (1, 2, 3)]
    assert of_year == [3240000, 3000000, 775000] and sum(of_year) == spent
    assert page.get_by_role("link", name="Verdeel de").count() == 0
