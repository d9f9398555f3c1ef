"""The pages of sheets, as someone without JavaScript uses them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from tests.intake.domain.sheet_world import CLEAN, MESSY

from coordination.contracts.identifiers import new_id
from coordination.testing.page_rules import assert_good_page
from intake.commands import upload_rows
from intake.models import Activity, Upload

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("copies")]
LIST = "/intake/uploads"


@pytest.fixture
def enter(visitor):
    """The browser of somebody with a role."""

    def _enter(role: str = "administrator", key: str = "house", kind: str = "house") -> Client:
        client = visitor(role, key, kind).client
        client.raise_request_exception = False
        return client

    return _enter


@pytest.fixture
def administrator(enter) -> Client:
    return enter()


def send(client: Client, content: bytes | None = None, name: str = "activiteiten.csv", key=None):
    content = MESSY.read_bytes() if content is None else content
    return client.post(LIST, {"file": SimpleUploadedFile(name, content), "key": str(key or new_id())})


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\u00a0", " ")


def outcomes(upload: Upload) -> list[int]:
    found = list(upload.rows.values_list("outcome", flat=True))
    return [found.count(one) for one in ("accepted", "quarantined", "skipped")]


@pytest.fixture
def sent(administrator) -> str:
    answer = send(administrator)
    assert answer.status_code == 302
    return answer["Location"]


def test_the_list_explains_and_shows_what_was_sent(administrator, sent) -> None:
    answer = administrator.get(LIST)
    assert answer.status_code == 200
    assert_good_page(answer)
    said = text(answer)
    assert "activiteiten.csv" in said and "Bestand controleren" in said and "64 MB" in said


def test_the_check_says_what_is_good_and_what_waits(administrator, sent) -> None:
    answer = administrator.get(sent)
    assert answer.status_code == 200
    assert_good_page(answer)
    said = text(answer)
    for sentence in (
        "16 van de 29 activiteiten zijn goed",
        "16 goede rijen overnemen",
        "samen € 2.506.252,80",
        "waarvan 8 met een vraag aan u",
        "rij 31 is leeg, rij 32 is een totaalrij",
        "13 rijen om te verbeteren",
        "Totaal en schooljaren",
        "We kennen geen school met BRIN 99ZZ. Controleer de code of laat deze school weg.",
        "Eén kolom kennen we niet: Budget 2025-2026",
        "Verbeterde rijen opnieuw controleren",
    ):
        assert sentence in said, sentence
    content = answer.content.decode()
    assert 'id="rij-3-phasing-2024-2025"' in content and "data-addup" in content
    assert content.count("vs-rowmap__wrong") == 14 and content.count("vs-rowmap__asked") == 9


def test_the_fragment_shows_the_same_summary(administrator, sent) -> None:
    answer = administrator.get(sent + "?fragment=summary")
    assert answer.status_code == 200 and b"<html" not in answer.content
    assert "16 goede rijen overnemen" in text(answer)


def test_the_good_rows_are_taken_over_and_then_said_so(administrator, sent) -> None:
    answer = administrator.post(sent, {"act": "confirm"}, follow=True)
    assert_good_page(answer)
    assert Activity.objects.count() == 16
    said = text(answer)
    assert "16 activiteiten zijn overgenomen" in said and "goede rijen overnemen" not in said
    assert f"/intake/activities/{Activity.objects.get(number='MRS-001').id}" in answer.content.decode()
    again = administrator.post(sent, {"act": "confirm"}, follow=True)
    assert Activity.objects.count() == 16 and "geen goede rijen" in text(again)


def test_typed_repairs_are_judged_and_nothing_is_lost(administrator, sent) -> None:
    typed = {
        "act": "check",
        "rij-3-phasing.2024-2025": "120.000,00",
        "was-rij-3-phasing.2024-2025": "110000,00",
        "rij-4-measureType": "Zomerschool",
        "rij-30-title": "Inloop op vrijdag",
        "was-rij-30-title": "n.v.t.",
        "rij-23-endsOn": "32-13-2025",
        "was-rij-23-endsOn": "31-06-2025",
    }
    answer = administrator.post(sent, typed, follow=True)
    said = text(answer)
    assert "Rijen 3, 4, 30 zijn nu goed." in said
    assert "32-13-2025 is geen bestaande datum." in said
    assert 'value="32-13-2025"' in answer.content.decode()
    assert outcomes(Upload.objects.get()) == [19, 10, 2]


def test_buttons_choose_and_keep_what_was_typed(administrator, sent) -> None:
    typed = {"rij-4-measureType": "Zomerschool", "choose": "25:swap-dates"}
    administrator.post(sent, typed)
    assert outcomes(Upload.objects.get()) == [18, 11, 2]
    administrator.post(sent, {"choose": "6:leave-out"})
    administrator.post(sent, {"choose": "20:same-activity"})
    assert outcomes(Upload.objects.get()) == [18, 9, 4]
    back = administrator.get(sent)
    assert "Toch meenemen" in text(back)
    administrator.post(sent, {"choose": "6:"})
    assert outcomes(Upload.objects.get()) == [18, 10, 3]


def test_a_row_is_opened_and_its_loose_cells_put_together(administrator, sent) -> None:
    answer = administrator.post(sent, {"open": "22"}, follow=True)
    assert_good_page(answer)
    assert "Titel activiteit: Coaching van pedagogisch medewerkers; deel 2" in text(answer)
    administrator.post(sent, {"checked": "22", "rij-22-joined": "3"})
    row = Upload.objects.get().rows.get(row=22)
    assert row.outcome == "accepted" and outcomes(Upload.objects.get())[1] == 12


def test_every_waiting_row_can_be_opened(administrator, sent) -> None:
    for row in (3, 4, 6, 10, 11, 12, 20, 22, 23, 24, 25, 29, 30):
        answer = administrator.get(f"{sent}?open={row}")
        assert f"Rij {row} verbeteren" in text(answer)
        assert_good_page(answer)


def test_the_whole_of_a_row_is_opened_from_its_amounts(administrator, sent) -> None:
    amounts = administrator.get(sent).content.decode()
    assert 'id="rij-3-totalCents"' in amounts and 'id="rij-3-title"' not in amounts
    whole = administrator.post(sent, {"open": "3:all"}, follow=True)
    assert 'id="rij-3-title"' in whole.content.decode()
    assert_good_page(whole)


def test_an_unknown_school_is_proposed(administrator, sent) -> None:
    empty = administrator.post(sent, {"propose": "11:99ZZ", "rij-11-school-99ZZ": ""})
    assert empty.status_code == 400 and "naam van de school" in text(empty).lower()
    answer = administrator.post(sent, {"propose": "11:99ZZ", "rij-11-school-99ZZ": "De Nieuwe School"}, follow=True)
    assert "School 99ZZ is voorgesteld" in text(answer)


def test_two_people_on_one_row_lose_nothing(administrator, sent) -> None:
    upload = Upload.objects.get()
    from coordination.testing import actors

    upload_rows.repair_row(actor=actors.administrator(), upload_id=upload.id, row=30, values={"title": "Van haar"})
    upload_rows.repair_row(actor=actors.administrator(), upload_id=upload.id, row=10, values={"number": "n.v.t."})
    mine = {"act": "check", "rij-10-number": "MRS-88", "was-rij-10-number": "MRS-008", "rij-4-measureType": "Zomer?"}
    answer = administrator.post(sent, mine)
    assert answer.status_code == 409
    assert "Iemand anders wijzigde rij 10" in text(answer) and "n.v.t." in text(answer)
    assert "Zomer?" in answer.content.decode()


def test_a_double_click_is_one_upload(administrator) -> None:
    key = new_id()
    first, second = send(administrator, key=key), send(administrator, key=key)
    assert first["Location"] == second["Location"] and Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Dit bestand is leeg."),
        (b"%PDF-1.7", "Dit is geen spreadsheet."),
        (b"naam;leeftijd\r\nJan;3", "We herkennen geen enkele kolom."),
    ],
)
def test_what_is_no_sheet_is_said_at_the_field(administrator, content, said) -> None:
    answer = send(administrator, content)
    assert answer.status_code == 400 and said in text(answer)
    assert_good_page(answer)
    assert 'aria-invalid="true"' in answer.content.decode() and not Upload.objects.exists()


def test_without_a_file_and_with_too_much(administrator) -> None:
    answer = administrator.post(LIST, {"key": str(new_id())})
    assert answer.status_code == 400 and "Kies een bestand." in text(answer)
    with override_settings(VIERSPAN_UPLOAD_LIMIT=1_048_576):
        large = send(administrator, b"x" * 1_048_577)
    assert large.status_code == 400 and "Het mag hooguit 1 MB zijn" in text(large)


def test_others_see_nothing(enter, sent) -> None:
    officer = enter("policy_officer", "9901", "municipality")
    assert officer.get(sent).status_code == 404 and officer.post(sent, {"act": "confirm"}).status_code == 404
    assert "activiteiten.csv" not in text(officer.get(LIST))
    assert enter("council_member", "9901", "municipality").get(LIST).status_code == 403
    assert Client().get(sent).status_code == 302


def test_an_officer_sees_why_rows_of_others_wait_and_nothing_of_them(enter) -> None:
    officer = enter("policy_officer", "9901", "municipality")
    answer = officer.get(send(officer, CLEAN.read_bytes())["Location"])
    assert_good_page(answer)
    assert "13 van de 30 activiteiten zijn goed" in text(answer)
    assert "Deze rij is van gemeente Dijkermond. U kunt alleen rijen van uw eigen gemeente overnemen." in text(answer)


def test_strange_text_is_shown_as_text(administrator) -> None:
    heading = "Nummer;Gemeentecode;Titel;Soort maatregel;Startdatum;Einddatum;Totaal budget;Status"
    row = "M\x001;9901;<script>alert(1)</script> \u202eאבג 😀;Zomerschool;01-10-2021;31-07-2025;1,00;loopt"
    location = send(administrator, f"{heading}\r\n{row}\r\n{row.replace('1,00', 'x')}".encode(), "a<b>.csv")["Location"]
    answer = administrator.get(location)
    content = answer.content.decode()
    assert answer.status_code == 200 and "<script>alert" not in content and "&lt;script&gt;" in content
    assert "😀" in content and "<bdi" in content
    assert_good_page(answer)


def test_many_waiting_rows_come_in_parts(administrator) -> None:
    heading = "Nummer;Gemeentecode;Titel;Soort maatregel;Startdatum;Einddatum;Totaal budget;Status"
    rows = "\r\n".join(f"M-{n};9901;Klas {n};;01-10-2021;31-07-2025;{n},00;loopt" for n in range(1, 131))
    location = send(administrator, f"{heading}\r\n{rows}".encode())["Location"]
    first, third = administrator.get(location), administrator.get(location + "?page=3")
    assert 'id="rij-2"' in first.content.decode() and 'id="rij-120"' not in first.content.decode()
    assert 'id="rij-120"' in third.content.decode()
    assert "?page=3#rij-120" in first.content.decode()
