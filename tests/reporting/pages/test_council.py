"""The council page: its figures are those of the API and the files, for who may see them, in every state."""

import html
import re
from datetime import date
from uuid import uuid4

import pytest

from coordination.contracts.money import amount_in_sentence
from coordination.testing import actors
from coordination.testing.page_rules import assert_good_page
from intake.commands.activities import register_activity
from intake.commands.entries import record_entry
from intake.commands.progress import report_progress
from reporting.models import Snapshot

pytestmark = pytest.mark.django_db(databases="__all__")
PAGE = "/reporting/council/9901"
CENTS = re.compile(r"^(−)?(?:€)?([\d.]+),(\d\d)$")


def text_of(response) -> str:
    """What stands on the page, without its markup."""
    content = re.sub(r"<(script|style)[\s\S]*?</\1>", "", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content)))


def figures_of(response) -> dict[str, str]:
    """The figures of the page by name."""
    found = re.findall(r'data-figure="([^"]+)"[^>]*>([^<]*)<', response.content.decode())
    return {name: html.unescape(text).strip() for name, text in found}


def cents_of(text: str) -> int | None:
    found = CENTS.match(re.sub(r"\s", "", text))
    return (-1 if found[1] else 1) * int(found[2].replace(".", "") + found[3]) if found else None


def add(**given):
    wanted = {
        "actor": actors.officer(),
        "municipality": "9901",
        "title": "Voorleesmaatjes aan huis",
        "measure_type": "home_reading_support",
        "starts_on": date(2021, 11, 1),
        "ends_on": date(2025, 7, 31),
        "total_cents": 11_875_000,
    }
    return register_activity(**(wanted | given))


def spend(found, amount: int) -> None:
    record_entry(
        actor=actors.officer(),
        activity_id=found.id,
        kind="spending",
        dated_on=date(2025, 1, 14),
        amount_cents=amount,
        funding_source="np_onderwijs",
    )


def test_who_may_see_it(register, sign_in) -> None:
    assert sign_in().get(PAGE)["Location"].startswith("/inloggen?next=")
    for role in ("council_member", "policy_officer", "budget_holder"):
        client = sign_in(role)
        assert client.get(PAGE).status_code == 200
        assert client.get("/reporting/")["Location"] == PAGE
        for path in ("", "/lines?figure=planned", "/export.csv", "/export.xlsx"):
            assert client.get(f"/reporting/council/9902{path}").status_code == 404
    assert sign_in("school_coordinator", str(uuid4()), "school").get(PAGE).status_code == 404
    admin = sign_in("administrator", "house", "house")
    assert admin.get(PAGE).status_code == 200
    start = text_of(admin.get("/reporting/"))
    assert all(name in start for name in ("Merenstad", "Dijkermond", "Heidehoek", "Sint Columba"))
    assert admin.get("/reporting/council/0000").status_code == 404


def test_the_page_of_the_example(world, sign_in) -> None:
    response = sign_in("council_member").get(PAGE)
    assert_good_page(response)
    text = text_of(response).replace("\u00a0", " ")
    assert "Merenstad kreeg € 3.482.473,00 en heeft daarvan € 2.736.057,65 besteed" in text
    assert "€ 173.209,02 minder dan volgens plan, dus iets achter" in text
    assert "Alles wat tot en met 31 juli 2024 gepland was, plus 5 van de 12 maanden van schooljaar 2024-2025" in text
    assert "volgens plan op 31 december 2024: € 2.909.266,67" in text
    assert "Twee van de dertien activiteiten zijn vertraagd. Negen lopen, één is gestopt en één is afgerond." in text
    assert (
        "Alle 8 scholen van Merenstad doen mee. Er is geen school die nergens aan meedoet. Er zijn 14 partners." in text
    )
    assert "Sinds het inlezen is er niets veranderd. De 13 activiteiten kwamen op" in text
    assert "Zeker over is € 155.220,25" in text
    assert "Vier activiteiten gaan door, zes zijn nog onzeker, drie gaan niet door." in text
    order = ["schooljaren", "activiteiten", "geld", "wie", "veranderd", "over", "daarna", "cijfers"]
    assert re.findall(r'<section class="vs-section" id="(\w+)"', response.content.decode()) == order


def test_page_and_api_and_file_say_the_same(world, sign_in) -> None:
    spend(found := _activity("MRS-005"), 10000)
    world.deliver()
    client = sign_in("council_member")
    shown, told = figures_of(client.get(PAGE)), client.get("/reporting/api/v1/municipalities/9901/summary").json()
    for name in ("allocated", "planned", "realised", "remaining"):
        assert cents_of(shown[name]) == told[f"{name}Cents"]
    assert cents_of(shown["part-unassigned"]) == told["unassignedCents"]
    for row in told["bySchoolYear"]:
        year = row["schoolYear"] or "undivided"
        for kind in ("planned", "realised"):
            if row[f"{kind}Cents"] is not None:
                assert cents_of(shown[f"{kind}-{year}"]) == row[f"{kind}Cents"]
    for one in told["activities"]:
        assert cents_of(shown[f"realised-{one['id']}"]) == one["realisedCents"]
        assert cents_of(shown[f"planned-{one['id']}"]) == one["plannedCents"]
    text = client.get(f"{PAGE}/export.csv").content.decode("utf-8-sig")
    row = next(line for line in text.splitlines() if line.startswith(found.number))
    assert "196600,00" in row.split(";")
    assert text.splitlines()[-1].split(";")[0] == "Totaal"


def _activity(number: str):
    from intake.models import Activity

    return Activity.objects.get(number=number)


def test_the_fragment_is_the_content_alone(world, sign_in) -> None:
    client = sign_in("council_member")
    fragment = client.get(PAGE, {"fragment": "summary"}).content.decode()
    assert "<html" not in fragment and 'id="activiteiten"' in fragment
    assert client.get(PAGE, {"fragment": "summary"})["Cache-Control"] == "no-store"
    stand = client.get(PAGE, {"fragment": "stand"}).content.decode()
    assert "31 december 2024" in stand and "activiteiten-kop" not in stand
    assert sign_in("council_member", "9902").get(PAGE, {"fragment": "summary"}).status_code == 404


def test_a_municipality_without_activities(register, sign_in) -> None:
    response = sign_in("council_member").get(PAGE)
    assert_good_page(response)
    text = text_of(response).replace("\u00a0", " ")
    assert "Merenstad kreeg € 3.482.473,00. Nog niets toegewezen." in text
    assert "Zodra de gemeente een activiteit registreert, staat die hier." in text
    shown = figures_of(response)
    assert cents_of(shown["remaining"]) == cents_of(shown["part-unassigned"]) == 348247300


def test_unknown_is_a_word(register, sign_in) -> None:
    add()
    register.deliver()
    response = sign_in("council_member").get(PAGE)
    assert_good_page(response)
    text = text_of(response)
    assert "Hoeveel daarvan is besteed, is onbekend" in text
    assert "nog geen bericht" in text and "Nog geen activiteit hoeft te berichten" in text
    assert figures_of(response)["realised"] == "onbekend"
    assert "verdeling is concept" in text and "Het geld is nog niet over de schooljaren verdeeld." in text


def test_the_island(world, sign_in) -> None:
    response = sign_in("council_member", "9904").get("/reporting/council/9904")
    assert_good_page(response)
    text = text_of(response)
    assert "Extra geld voor het onderwijs op Sint Columba" in text
    assert "als één bedrag" in text
    assert 'data-theme="sea"' in response.content.decode()


def test_more_spent_than_budgeted_is_said_in_words(world, sign_in) -> None:
    spend(_activity("MRS-013"), 5_000_000)
    world.deliver()
    text = text_of(sign_in("council_member").get(PAGE))
    over = amount_in_sentence(3022050 + 5_000_000 - 6130000)
    assert f"{over} meer dan begroot" in text.replace("€ ", "€\u00a0")


def test_more_given_than_received_is_a_warning(world, sign_in) -> None:
    add(total_cents=100_000_00 + 12287300)
    world.deliver()
    response = sign_in("council_member").get(PAGE)
    assert_good_page(response)
    text = text_of(response).replace("\u00a0", " ")
    assert "€ 100.000,00 meer dan toegekend" in text and "Te veel toegewezen" in text


def test_few_waiting_pupils_are_not_counted_out(world, sign_in) -> None:
    for waiting, shown in ((3, "1-4 leerlingen"), (8, "8 leerlingen")):
        report_progress(
            actor=actors.officer(),
            activity_id=_activity("MRS-009").id,
            reported_on=date(2025, 1, 13),
            waiting=waiting,
        )
        world.deliver()
        client = sign_in("council_member")
        assert f"Terug in ritme: {shown}" in text_of(client.get(PAGE))
        told = client.get("/reporting/api/v1/municipalities/9901/summary").json()["activities"]
        assert next(one for one in told if one["number"] == "MRS-009")["waiting"] == (waiting if waiting > 4 else "1-4")


def test_what_changed_since_a_day(world, sign_in) -> None:
    spend(_activity("MRS-005"), 10000)
    world.deliver()
    client = sign_in("council_member")
    text = text_of(client.get(PAGE)).replace("\u00a0", " ")
    assert "Sinds het inlezen is er 1 wijziging." in text
    assert "€ 100,00 besteed bij Taalklas nieuwkomers voortgezet onderwijs." in text
    everything = text_of(client.get(PAGE, {"since": "2020-01-01"}))
    assert "zijn er 16 wijzigingen" in everything
    for nonsense in ("morgen", "2020-13-45", "' OR 1=1", "9" * 400):
        assert client.get(PAGE, {"since": nonsense}).status_code == 200


def test_as_known_on_a_day(world, sign_in) -> None:
    client = sign_in("council_member")
    early = client.get(PAGE, {"knownOn": "2020-01-01"})
    assert_good_page(early)
    assert "Zoals het bekend was op 1 januari 2020" in text_of(early)
    wrong = client.get(PAGE, {"knownOn": "gisteren"})
    assert wrong.status_code == 400 and "Kies een dag" in text_of(wrong)
    assert 'value="gisteren"' in wrong.content.decode()


def test_a_snapshot_keeps_its_page(world, sign_in) -> None:
    client = sign_in("council_member")
    key = re.search(r'name="key" value="([^"]+)"', client.get(PAGE).content.decode())[1]
    first = client.post(f"{PAGE}/snapshots", {"key": key})
    assert first.status_code == 302
    assert client.post(f"{PAGE}/snapshots", {"key": key})["Location"] == first["Location"]
    assert Snapshot.objects.count() == 1
    before = figures_of(client.get(first["Location"]))
    spend(_activity("MRS-005"), 10000)
    world.deliver()
    response = client.get(first["Location"])
    assert_good_page(response)
    assert "Momentopname van 14 januari 2025" in text_of(response)
    assert figures_of(response) == before
    assert "data-live-service" not in response.content.decode()
    assert figures_of(client.get(PAGE))["realised"] != before["realised"]
    assert b"273605765" not in client.get(f"{first['Location']}/export.csv").content
    assert "2736057,65" in client.get(f"{first['Location']}/export.csv").content.decode()
    assert sign_in("council_member", "9902").get(first["Location"]).status_code == 404
    assert sign_in("council_member", "9902").post(f"{PAGE}/snapshots", {"key": key}).status_code == 404
    assert client.get(f"{PAGE}/snapshots").status_code == 405


def test_what_a_figure_is_made_of(world, sign_in) -> None:
    client = sign_in("council_member")
    for query, words in (
        ("figure=planned&schoolYear=2022-2023", "Gepland in 2022-2023: € 1.130.950,00"),
        ("figure=allocated", "Toegekend: € 3.482.473,00"),
        ("figure=realised", "Besteed: € 2.736.057,65"),
        ("figure=remaining", "Over van toegekend: € 746.415,35"),
        ("figure=committed", "Vastgelegd: onbekend"),
        ("figure=nonsense&schoolYear=1900-1901", "Gepland: € 3.359.600,00"),
    ):
        response = client.get(f"{PAGE}/lines?{query}")
        assert_good_page(response)
        assert words in text_of(response).replace("\u00a0", " ")


def test_a_title_cannot_break_the_page(register, sign_in) -> None:
    add(title='<script>alert("x")</script> \u202e 🎈')
    register.deliver()
    response = sign_in("council_member").get(PAGE)
    assert_good_page(response)
    assert b"<script>alert" not in response.content
