"""The register: a pasted list row by row, a partner, proposals; each for one's own municipality only."""

from html import unescape

import pytest

from coordination.contracts import intake
from coordination.contracts.identifiers import new_id
from coordination.testing.page_rules import assert_good_fragment, assert_good_page
from matching.models import Municipality, OutboxEntry, Partner, ProposedSchool, School

pytestmark = pytest.mark.django_db(databases="__all__")
PATH = "/matching/organisations"


def proposed(world, municipality="9901", name="De Nieuwe Meent", brin="94ZZ"):
    key = new_id()
    world.hear(
        intake.OrganisationProposed(organisation_id=key, kind="school", name=name, municipality=municipality, brin=brin)
    )
    return key


def test_the_administrator_sees_all_and_finds_by_name(administrator):
    page = administrator.get(PATH)
    assert_good_page(page)
    html = page.content.decode()
    assert "19 scholen" in html and "30 partners" in html
    assert "De Lisdoddekring" in html and "90AA00" in html and "basisonderwijs" in html
    found = administrator.read(PATH, q="lisdodde")
    assert "1 school<" in found.replace("\n", "")
    assert_good_fragment(administrator.get(PATH, fragment="register"))
    assert administrator.get(PATH, municipality="nergens").status_code == 404


def test_an_empty_house_says_what_comes_first(administrator):
    School.objects.all().delete()
    Municipality.objects.all().delete()
    assert administrator.get("/matching/requests")["Location"] == PATH
    page = administrator.get(PATH)
    assert_good_page(page)
    assert "Er is nog geen gemeente." in page.content.decode()
    assert "Scholen overnemen" not in page.content.decode()


def test_an_officer_sees_the_own_municipality_only(world, visit):
    officer = visit("policy_officer", "9903")
    assert_good_page(officer.get(PATH))
    html = officer.read(PATH)
    assert "De Lisdoddekring" not in html and "Merenstad" not in html
    assert officer.get(PATH, municipality="9901").status_code == 404
    assert "De Lisdoddekring" not in officer.read(PATH, q="Lisdodde")


def test_a_pasted_list_takes_good_lines_and_shows_the_others(administrator):
    text = "BRIN;Naam;Typen\n94AA;De Meent;basisschool\n94A;Fout;basisschool\n94AB\t't Veer 🙂\tvmbo, havo\n94AC;X;club"
    answer = administrator.post(f"{PATH}/schools", {"municipality": "9901", "list": text})
    assert answer.status_code == 200
    assert_good_page(answer)
    html = unescape(answer.content.decode())
    assert "2 scholen staan in het register." in html and "2 regels zijn niet overgenomen" in html
    assert "Regel 3" in html and "Een BRIN heeft twee cijfers en twee letters" in html
    assert "Regel 5" in html and "Onbekend is: club." in html
    kept = html.split("<textarea")[1].split("</textarea>")[0]
    assert "94A;Fout;basisschool" in kept and "94AA" not in kept
    assert set(School.objects.filter(brin__startswith="94").values_list("location_code", flat=True)) >= {"94AA00"}
    assert School.objects.get(location_code="94AB00").name == "'t Veer 🙂"


def test_the_same_list_twice_changes_nothing(administrator):
    given = {"municipality": "9902", "list": "95AA;De Meent;basisschool"}
    assert administrator.post(f"{PATH}/schools", given).status_code == 302
    said = OutboxEntry.objects.count()
    administrator.post(f"{PATH}/schools", given)
    assert OutboxEntry.objects.count() == said


@pytest.mark.parametrize(
    "given", [{"municipality": "9901", "list": "   "}, {"municipality": "9999", "list": "95AA;X;sbo"}, {"list": "\x00"}]
)
def test_a_list_that_is_none_is_told_at_the_field(administrator, given):
    answer = administrator.post(f"{PATH}/schools", given)
    assert answer.status_code == 400
    assert_good_page(answer)
    assert School.objects.count() == 19


def test_a_list_of_only_wrong_lines_keeps_them(administrator):
    answer = administrator.post(f"{PATH}/schools", {"municipality": "9901", "list": "=1+1;<b>x</b>;?"})
    assert answer.status_code == 400
    assert_good_page(answer)
    assert "=1+1;&lt;b&gt;x&lt;/b&gt;;?" in answer.content.decode()


def test_an_officer_cannot_take_a_school_of_another_municipality(officer):
    answer = officer.post(f"{PATH}/schools", {"municipality": "9901", "list": "91BA;Gekaapt;basisschool"})
    assert answer.status_code == 400
    assert "Deze code is al in gebruik" in answer.content.decode()
    assert not School.objects.filter(name="Gekaapt").exists()
    other = officer.post(f"{PATH}/schools", {"municipality": "9901", "list": "95ZZ;Elders;basisschool;9902"})
    assert other.status_code == 400
    assert not School.objects.filter(name="Elders").exists()


def test_a_partner_is_added_once(officer):
    given = {"municipality": "9901", "name": "Nieuwe Club", "partner_type": "youth_work"}
    for _click in range(2):
        assert officer.post(f"{PATH}/partners", given).status_code == 302
    assert Partner.objects.get(name="Nieuwe Club").municipalities == ["9901"]
    for wrong in ({"name": ""}, {"name": " \u202e "}, {"name": "x" * 201}, {"partner_type": "circus"}):
        answer = officer.post(f"{PATH}/partners", {**given, **wrong})
        assert answer.status_code == 400
        assert_good_page(answer)
    assert Partner.objects.count() == 31


def test_a_proposed_school_is_registered_under_its_own_id(world, officer):
    key = proposed(world)
    page = officer.get(PATH)
    assert_good_page(page)
    assert "De Nieuwe Meent" in page.content.decode()
    given = {"decision": "register", "code": "94ZZ", "name": "De Nieuwe Meent", "school_types": ["basisschool"]}
    wrong = officer.post(f"{PATH}/proposals/{key}", {**given, "code": "?"})
    assert wrong.status_code == 400
    assert_good_page(wrong)
    for _click in range(2):
        assert officer.post(f"{PATH}/proposals/{key}", given).status_code == 302
    assert School.objects.get(pk=key).location_code == "94ZZ00"
    assert "Voorgestelde scholen" not in officer.read(PATH)


def test_what_is_no_school_is_put_aside(world, officer):
    key = proposed(world, name="Sportclub", brin="")
    assert officer.post(f"{PATH}/proposals/{key}", {"decision": "dismiss"}).status_code == 302
    officer.read(PATH)
    assert "Sportclub" not in officer.read(PATH)
    assert ProposedSchool.objects.get().dismissed
    assert not School.objects.filter(name="Sportclub").exists()


def test_who_may_not_finds_nothing_or_is_refused(world, visit, school, partner):
    key = proposed(world)
    for stranger in (school(), partner(), visit("council_member")):
        assert stranger.get(PATH).status_code == 404
    assert visit("policy_officer", "9902").post(f"{PATH}/proposals/{key}", {}).status_code == 404
    assert "De Nieuwe Meent" not in visit("policy_officer", "9902").read(PATH)
    holder = visit("budget_holder")
    assert "Scholen overnemen" not in holder.read(PATH)
    given = {"municipality": "9901", "list": "95AA;X;sbo"}
    assert holder.post(f"{PATH}/schools", given).status_code == 403
    assert holder.post(f"{PATH}/partners", {"municipality": "9901", "name": "X"}).status_code == 403
    assert holder.post(f"{PATH}/proposals/{key}", {"decision": "dismiss"}).status_code == 403
    assert School.objects.count() == 19
