"""Phasing on screen: to the cent, presets, nothing typed gets lost, one act however often it is sent."""

import re

import pytest
from django.test import Client

from coordination.contracts.identifiers import new_id
from coordination.testing import actors
from coordination.testing.page_rules import assert_good_fragment, assert_good_page
from coordination.testing.people import account_of, browser_of
from intake.commands.phasings import phase_budget
from intake.models import Act
from intake.queries.activities import row

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
YEARS = ("2021-2022", "2022-2023", "2023-2024", "2024-2025")
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/intake/activities?show=planned"}


def client_of(role: str, *where: str) -> Client:
    return browser_of(account_of(role, *where, name="M. Yilmaz"))


@pytest.fixture
def officer(basis) -> Client:
    return client_of("policy_officer")


def address(activity) -> str:
    return f"/intake/activities/{activity.id}/phasing"


def filled(*amounts: str, state: str = "final", version: int = 1, **changed: str) -> dict[str, str]:
    years = {f"year-{year}": amount for year, amount in zip(YEARS, amounts, strict=True)}
    return {"key": str(new_id()), "version": str(version), "state": state, "reason": ""} | years | changed


def planned(activity) -> list[int | None]:
    found = row(actor=actors.officer(activity.municipality), activity_id=activity.id)
    return [found.figures(year).planned for year in YEARS]


def inputs(response) -> dict[str, str]:
    """What stands in the amounts of the form."""
    html = response.content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="year-([^"]+)"', tag)
        if name:
            value = re.search(r'value="([^"]*)"', tag)
            found[name[1]] = value[1] if value else ""
    return found


def test_the_form_shows_the_present_plan(officer, phased) -> None:
    page = officer.get(address(phased()))
    assert_good_page(page)
    assert list(inputs(page).values()) == ["22.500,00", "41.250,00", "35.000,00", "20.000,00"]
    assert "was 20.000,00" in page.content.decode() and "(verplicht)" in page.content.decode()
    assert "nog niet verdeeld over jaren" in page.content.decode()


def test_a_final_phasing_is_saved_when_it_adds_up_to_the_cent(officer, register) -> None:
    activity = register(total_cents=100_01)
    answer = officer.post(address(activity), filled("25", "€ 25", "25,00", "25.01"), follow=True)
    assert planned(activity) == [25_00, 25_00, 25_00, 25_01]
    assert "is vastgelegd" in answer.content.decode()
    assert_good_page(answer)


def test_a_cent_off_is_refused_and_nothing_typed_is_lost(officer, register) -> None:
    activity = register(total_cents=100_01)
    page = officer.post(address(activity), filled("25", "25", "25", "25"))
    assert page.status_code == 400
    assert "tellen op tot €\xa0100,00, het totaal is €\xa0100,01. Verschil: €\xa00,01." in page.content.decode()
    assert list(inputs(page).values()) == ["25", "25", "25", "25"]
    assert planned(activity) == [None] * 4
    assert_good_page(page)
    saved = officer.post(address(activity), filled("25", "25", "25", "", state="draft"))
    assert saved.status_code == 302 and planned(activity) == [25_00, 25_00, 25_00, None]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "Een bedrag kan niet negatief zijn."),
        ("veel", "We kunnen dit bedrag niet lezen."),
        ("99999999999999", "Dit bedrag is te groot."),
        ("1,234", "Is dit een duizendtal"),
        ("1,005", "Is dit een duizendtal"),
        ("0,12345", "hoogstens twee cijfers"),
        ("n.v.t.", "Vul 0 in als er niets is."),
        ("\x00", "We kunnen dit bedrag niet lezen."),
        ("=1+1", "We kunnen dit bedrag niet lezen."),
    ],
)
def test_an_amount_that_cannot_be_is_said_at_its_field(officer, register, typed, sentence) -> None:
    activity = register()
    page = officer.post(address(activity), filled(typed, "", "", "", state="draft"))
    assert page.status_code == 400 and sentence in page.content.decode()
    assert planned(activity) == [None] * 4


@pytest.mark.parametrize("name", ["even", "national"])
def test_a_preset_fills_the_form_and_saves_nothing(officer, register, name) -> None:
    activity = register(total_cents=100_01)
    page = officer.get(address(activity), {"preset": name})
    amounts = inputs(page)
    assert planned(activity) == [None] * 4 and all(amounts.values())
    assert "Klopt" in page.content.decode()
    officer.post(address(activity), filled(*amounts.values()))
    assert sum(planned(activity)) == 100_01


def test_another_activity_lends_its_proportions(officer, phased, register) -> None:
    example, activity, empty = phased(), register(total_cents=100_01), register(title="Leeg")
    assert f'<option value="{example.id}">' in officer.get(address(activity)).content.decode()
    amounts = inputs(officer.get(address(activity), {"copy": str(example.id)}))
    assert list(amounts.values()) == ["18,95", "34,74", "29,48", "16,84"]
    officer.post(address(activity), filled(*amounts.values()))
    assert planned(activity) == [18_95, 34_74, 29_48, 16_84]
    nothing = officer.get(address(activity), {"copy": str(empty.id)})
    assert "per schooljaar niets gepland" in nothing.content.decode()
    elsewhere = register(municipality="9902")
    for wrong in (str(elsewhere.id), "zomaar", str(new_id())):
        assert officer.get(address(activity), {"copy": wrong}).status_code == 404


def test_an_unknown_preset_is_said_and_a_reason_is_kept(officer, phased) -> None:
    activity = phased()
    page = officer.get(address(activity), {"preset": "gokken"})
    assert "Kies gelijk per maand of het landelijk patroon." in page.content.decode()
    kept = officer.get(address(activity), {"preset": "even", "reason": "illness"}).content.decode()
    assert '<option value="illness" selected>' in kept


def test_changing_a_final_phasing_wants_a_reason_of_the_list(officer, phased) -> None:
    activity = phased()
    amounts = ("22.500,00", "41.250,00", "34.000,00", "21.000,00")
    page = officer.post(address(activity), filled(*amounts))
    assert page.status_code == 400 and "Kies een reden uit de lijst." in page.content.decode()
    page = officer.post(address(activity), filled(*amounts, reason="zomaar"))
    assert page.status_code == 400 and "Deze reden kennen we niet." in page.content.decode()
    officer.post(address(activity), filled(*amounts, reason="illness"))
    assert planned(activity)[2:] == [34_000_00, 21_000_00]


def test_sent_twice_is_one_act(officer, phased) -> None:
    activity = phased()
    sent = filled("22.500,00", "41.250,00", "34.000,00", "21.000,00", reason="illness")
    before = Act.objects.count()
    assert [officer.post(address(activity), sent).status_code for _ in range(2)] == [302, 302]
    assert Act.objects.count() == before + 1 and planned(activity)[3] == 21_000_00


def test_of_two_people_the_second_sees_both_versions_and_loses_nothing(officer, phased) -> None:
    activity = phased()
    phase_budget(
        actor=actors.actor("budget_holder", "9901", name="B. de Vries"),
        activity_id=activity.id,
        phasing=dict(zip(YEARS, (2_250_000, 4_125_000, 3_000_000, 2_500_000), strict=True)),
        state="final",
        reason="low_demand",
        version=1,
    )
    mine = filled("22.500,00", "41.250,00", "34.000,00", "21.000,00", reason="illness")
    page = officer.post(address(activity), mine)
    assert page.status_code == 412
    text = page.content.decode()
    assert "Iemand anders heeft dit intussen gewijzigd." in text and "B. de Vries" in text
    assert "30.000,00" in text and list(inputs(page).values())[2:] == ["34.000,00", "21.000,00"]
    assert '<option value="illness" selected>' in text
    assert planned(activity)[2:] == [30_000_00, 25_000_00]
    assert_good_page(page)
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    assert officer.post(address(activity), mine | {"version": version}).status_code == 302
    assert planned(activity)[2:] == [34_000_00, 21_000_00]


def test_in_place_it_is_a_fragment_that_becomes_the_grid_when_saved(officer, phased) -> None:
    activity = phased()
    form = officer.get(address(activity), {"fragment": "form", "schoolYear": "2024-2025"}, headers=HTMX)
    assert_good_fragment(form)
    assert re.search(r'name="year-2024-2025"[^>]*autofocus', form.content.decode())
    there = f"{address(activity)}?fragment=form&schoolYear=2024-2025"
    off = officer.post(there, filled("1", "1", "1", "1", reason="illness"), headers=HTMX)
    assert off.status_code == 200 and "Verschil:" in off.content.decode()
    assert_good_fragment(off)
    sent = filled("22.500,00", "41.250,00", "34.000,00", "21.000,00", reason="illness")
    saved = officer.post(there, sent, headers=HTMX)
    assert saved["HX-Retarget"] == "#raster" and "vierspan:saved" in saved["HX-Trigger-After-Settle"]
    assert f"cel-{activity.id}-2024-2025-planned" in saved["HX-Trigger-After-Settle"]
    assert "21.000,00" in saved.content.decode() and saved.content.decode().count("hx-swap-oob") == 2
    assert_good_fragment(saved)


def test_the_grid_that_comes_back_keeps_its_filter(officer, phased, register) -> None:
    activity = phased()
    register(title="Zomerschool")
    sent = filled("22.500,00", "41.250,00", "34.000,00", "21.000,00", reason="illness")
    seen = HTMX | {"HX-Current-URL": "http://testserver/intake/activities?q=voorlees&show=all"}
    saved = officer.post(f"{address(activity)}?fragment=form", sent, headers=seen).content.decode()
    assert "<b>1 van 2</b>" in saved and f"{activity.id}-2024-2025-realised" in saved


def test_who_may_not(phased, register, basis) -> None:
    activity, elsewhere = phased(), register(municipality="9902")
    officer, council = client_of("policy_officer"), client_of("council_member")
    sent = filled("1", "", "", "", state="draft")
    assert officer.get(address(elsewhere)).status_code == 404
    assert officer.post(address(elsewhere), sent).status_code == 404
    assert council.get(address(activity)).status_code == 403
    assert council.post(address(activity), sent).status_code == 403
    assert client_of("budget_holder").get(address(activity)).status_code == 200
    assert client_of("partner", str(new_id()), "partner").get(address(activity)).status_code == 404
    assert planned(elsewhere) == [None] * 4


@pytest.mark.parametrize("name", ["key", "version"])
def test_a_form_without_its_key_or_version_is_refused(officer, phased, name) -> None:
    activity = phased()
    sent = filled("22.500,00", "41.250,00", "34.000,00", "21.000,00", reason="illness")
    for value in ("", "zomaar"):
        page = officer.post(address(activity), sent | {name: value})
        assert page.status_code == 400 and "Dit formulier is verlopen." in page.content.decode()
    assert planned(activity)[3] == 20_000_00
