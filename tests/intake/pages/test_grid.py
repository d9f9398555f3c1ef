"""The grid as somebody in a browser gets it: every activity, the sums to the cent, and nothing of elsewhere."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client

from coordination.contracts.identifiers import new_id
from coordination.contracts.money import amount_in_column
from coordination.testing import actors
from coordination.testing.page_rules import assert_good_fragment, assert_good_page
from coordination.testing.people import account_of, browser_of
from intake.commands.entries import record_entry

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
GRID = "/intake/activities"


def client_of(*who: str) -> Client:
    return browser_of(account_of(*who))


@pytest.fixture
def officer(basis) -> Client:
    return client_of("policy_officer")


def figures(response) -> dict[str, str]:
    """Every figure of a page by its key."""
    return dict(re.findall(r'data-figure="([^"]+)"[^>]*>([^<]*)<', response.content.decode()))


def test_every_activity_stands_in_it_with_its_figures(officer, phased, register) -> None:
    one, two = phased(), register(title="Zomerschool", total_cents=100)
    page = officer.get(GRID)
    assert_good_page(page)
    found = figures(page)
    assert found[f"{one.id}-2024-2025-planned"] == "20.000,00"
    assert found[f"{one.id}-undivided-planned"] == "niets"
    assert found[f"{one.id}-planned"] == "118.750,00" and found[f"{one.id}-realised"] == "71.480,00"
    assert found[f"{one.id}-remaining"] == "47.270,00"
    assert found[f"{one.id}-committed"] == "onbekend"
    assert found[f"{two.id}-2024-2025-planned"] == "onbekend" and found[f"{two.id}-undivided-planned"] == "1,00"
    assert found["total-planned"] == "118.751,00" and found["total-committed"] == "onbekend"
    assert "1 onbekend" in page.content.decode()
    assert "Besteed tot en met <b>31 december 2024</b>" in page.content.decode()


def test_allotted_is_assigned_plus_unassigned_and_over_is_a_warning(officer, register) -> None:
    register(total_cents=12_287_300)
    found = figures(officer.get(GRID))
    assert (found["allocated"], found["planned"]) == ("€\xa03.482.473,00", "€\xa0122.873,00")
    assert found["unassigned"] == "€\xa03.359.600,00"
    register(total_cents=348_247_300)
    page = officer.get(GRID)
    assert figures(page)["unassigned"] == "−\xa0€\xa0122.873,00"
    assert "€\xa0122.873,00 meer toegewezen dan de gemeente kreeg" in page.content.decode()


@pytest.mark.parametrize("shown", ["planned", "committed", "realised", "all", "nonsense"])
def test_the_columns_switch_between_the_figures(officer, phased, shown) -> None:
    one = phased()
    day = date(2025, 1, 10)
    record_entry(
        actor=actors.officer(),
        activity_id=one.id,
        kind="commitment",
        dated_on=day,
        amount_cents=5_05,
        funding_source="np_onderwijs",
    )
    page = officer.get(GRID, {"show": shown})
    assert_good_page(page)
    found = figures(page)
    expected = {"planned": "20.000,00", "committed": "5,05", "realised": "onbekend"}
    for name, text in expected.items():
        wanted = shown in (name, "all") or (shown == "nonsense" and name == "planned")
        assert found.get(f"{one.id}-2024-2025-{name}") == (text if wanted else None)
    assert found[f"{one.id}-committed"] == "5,05"


def test_page_api_and_download_show_the_same_rows_and_figures(officer, phased, register) -> None:
    phased()
    register(title="Zomerschool op reis", measure_type="summer_school", total_cents=1_01)
    register(title="Voorlezen in de zomer", starts_on=date(2021, 8, 1), ends_on=date(2022, 7, 1), total_cents=2_02)
    for wanted in (
        {},
        {"q": "voorlees"},
        {"q": "ZOMER"},
        {"schoolYear": "2024-2025"},
        {"status": "draft"},
        {"status": "running"},
        {"measureType": "home_reading_support", "q": "zomer"},
    ):
        page = officer.get(GRID, wanted)
        listed = officer.get("/intake/api/v1/activities", wanted).json()["results"]
        address = re.search(r'/intake/activities/export\.csv\?[^"]*', page.content.decode())[0].replace("&amp;", "&")
        sheet = list(csv.reader(io.StringIO(officer.get(address).content.decode("utf-8-sig")), delimiter=";"))
        found = figures(page)
        assert f"<b>{len(listed)} van 3</b>" in page.content.decode()
        assert [row[0] for row in sheet[1:-1]] == [one["number"] for one in listed]
        for one in listed:
            assert found[f"{one['id']}-planned"] == amount_in_column(one["totalCents"])
            for row in one["phasing"]:
                key = f"{one['id']}-{row['schoolYear'] or 'undivided'}-planned"
                assert found[key] in (amount_in_column(row["plannedCents"]), "niets")
        if listed:
            planned = sum(one["totalCents"] for one in listed)
            assert found["total-planned"] == amount_in_column(planned)
            assert sheet[-1][sheet[0].index("Totaal gepland")] == f"{planned // 100},{planned % 100:02d}"


def test_the_number_of_queries_does_not_grow_with_the_rows(
    officer, phased, register, django_assert_max_num_queries
) -> None:
    phased()
    with django_assert_max_num_queries(40) as few:
        officer.get(GRID)
    for number in range(12):
        register(title=f"Activiteit {number}")
    with django_assert_max_num_queries(len(few)):
        assert "<b>13 van 13</b>" in officer.get(GRID).content.decode()


def test_nothing_of_another_municipality_is_seen_or_counted(officer, phased, register) -> None:
    phased()
    register(municipality="9902", title="Elders", total_cents=77_777_77)
    page = officer.get(GRID)
    assert "Elders" not in page.content.decode() and "<b>1 van 1</b>" in page.content.decode()
    assert officer.get(GRID, {"municipality": "9902"}).status_code == 404
    assert officer.get(GRID, {"q": "Elders"}).content.decode().count("vs-panel-row") == 0
    for name in ("grid", "strip", "asof"):
        assert officer.get(GRID, {"municipality": "9902", "fragment": name}).status_code == 404


def test_the_administrator_chooses_a_municipality(phased, register, basis) -> None:
    phased()
    register(municipality="9902", title="Elders")
    desk = client_of("administrator", "house", "house")
    here, there = desk.get(GRID), desk.get(GRID, {"municipality": "9902"})
    assert_good_page(there)
    assert "Voorleesmaatjes" in here.content.decode() and "Elders" not in here.content.decode()
    assert "Elders" in there.content.decode() and "Voorleesmaatjes" not in there.content.decode()
    assert "municipality=9902" in there.content.decode()


def test_each_role_sees_what_it_may_do(phased, basis) -> None:
    one = phased()
    seen = {role: client_of(role).get(GRID) for role in ("policy_officer", "budget_holder", "council_member")}
    texts = {role: page.content.decode() for role, page in seen.items()}
    for page in seen.values():
        assert_good_page(page)
    assert "Activiteit registreren" in texts["policy_officer"]
    assert "Activiteit registreren" not in texts["budget_holder"]
    edits = f"/intake/activities/{one.id}/phasing"
    assert edits in texts["policy_officer"] and edits in texts["budget_holder"] and edits not in texts["council_member"]
    assert client_of("school_coordinator", str(new_id()), "school").get(GRID).status_code == 404
    assert Client().get(GRID).status_code == 302


def test_without_activities_it_says_so_and_offers_to_register(officer) -> None:
    page = officer.get(GRID)
    assert_good_page(page)
    assert "Nog niets toegewezen" in page.content.decode() and "/intake/activities/new" in page.content.decode()
    nothing = client_of("budget_holder").get(GRID).content.decode()
    assert "Nog niets toegewezen" in nothing and "/intake/activities/new" not in nothing


def test_a_filter_that_finds_nothing_or_cannot_be_read(officer, phased) -> None:
    phased()
    assert "Geen activiteit past" in officer.get(GRID, {"status": "stopped"}).content.decode()
    wrong = officer.get(GRID, {"schoolYear": "volgend jaar", "q": "voorlees"})
    assert wrong.status_code == 400 and "Schrijf een schooljaar als 2021-2022." in wrong.content.decode()
    assert 'value="voorlees"' in wrong.content.decode()
    assert officer.get(GRID, {"q": "a" * 201}).status_code == 400


def test_the_fragments_are_parts_of_the_page(officer, phased) -> None:
    phased()
    page = officer.get(GRID).content.decode()
    for name in ("grid", "strip", "asof"):
        fragment = officer.get(GRID, {"fragment": name})
        assert_good_fragment(fragment)
        assert fragment.content.decode().strip() in page


def test_what_people_type_is_shown_as_text(officer, register) -> None:
    register(title='<img src=x onerror="alert(1)"> Ω 🎒')
    page = officer.get(GRID, {"q": '"><script>'}).content.decode()
    assert "<script>" not in page and "<img" not in page
    assert "&lt;img" in officer.get(GRID).content.decode()
