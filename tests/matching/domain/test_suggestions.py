"""What fits a school and why, on plain values."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matching.domain.participations import Room
from matching.domain.school_types import SECTORS_OF_TYPE
from matching.domain.suggestion_facts import places_fact
from matching.domain.suggestions import ActivitySide, Labels, SchoolSide, in_order, suggest

TODAY = date(2025, 1, 14)
LABELS = Labels(
    target_groups={"mental_problems": "Leerlingen met mentale problemen", "parents": "Ouders of verzorgers"},
    reasons={"low_demand": "Minder vraag dan verwacht"},
)
SBO = SchoolSide(school_types=("sbo",))


def judged(school=SBO, **activity):
    given_ = {"activity_id": "a", "number": "MRS-001", "status": "running", **activity}
    return suggest(school, ActivitySide(**given_), today=TODAY, labels=LABELS)


def sentences(suggestion, sign=None):
    return [one.sentence for one in suggestion.reasons if sign in (None, one.sign)]


def test_a_school_for_special_primary_education_counts_as_primary():
    found = judged(sectors=("po", "so"), school_types=("basisschool", "so"), target_groups=("mental_problems",))
    assert found.fits
    assert "Voor het basisonderwijs; uw sbo telt daarin mee." in sentences(found, "fits")
    assert "U noemde hierover nog geen behoefte." in sentences(found, "unknown")


def test_a_need_the_school_ticked_is_said_with_its_date():
    school = SchoolSide(
        school_types=("basisschool",), needs=frozenset({"mental_problems"}), needs_stated_on=date(2025, 1, 9)
    )
    found = judged(school, sectors=("po",), school_types=("basisschool",), target_groups=("mental_problems",))
    assert "Voor leerlingen met mentale problemen. U noemde dat als behoefte op 9 januari 2025." in sentences(found)
    assert found.matched_needs == ("mental_problems",)


def test_another_sector_or_type_does_not_fit_and_says_why():
    assert sentences(judged(sectors=("vo",), school_types=("vmbo",))) == [
        "Dit is voor het voortgezet onderwijs. Uw school geeft speciaal basisonderwijs.",
        "Voor welke leerlingen dit is, is niet vastgelegd.",
    ]
    mavo = SchoolSide(school_types=("mavo",))
    found = judged(mavo, sectors=("vo",), school_types=("vmbo",))
    assert not found.fits
    assert "Genoemd zijn vmbo. Uw school geeft mavo." in sentences(found, "attention")


def test_what_nobody_recorded_is_said_and_never_counts_against():
    found = judged()
    assert found.fits
    assert {one.sign for one in found.reasons} == {"unknown"}
    assert (found.places.value, found.money_until.value, found.afterwards.value) == (
        "Geen maximum",
        "Onbekend",
        "Onbekend",
    )


def test_full_delayed_and_ending_are_told():
    found = judged(
        status="delayed",
        status_reason="low_demand",
        continuation="no",
        ends_on=date(2025, 7, 31),
        room=Room(places=10, taken=10),
        schools_waiting=1,
    )
    assert "De activiteit is vertraagd: minder vraag dan verwacht." in sentences(found, "attention")
    assert "Alle plekken zijn bezet. Eén school wacht vóór u." in sentences(found, "attention")
    assert (found.places.value, found.afterwards.value) == ("Vol", "Gaat niet door")
    assert found.is_full


def test_one_to_four_pupils_of_others_cannot_be_read_from_the_places_left():
    assert places_fact(Room(places=60, taken=3)).value == "56 of meer van 60"
    assert places_fact(Room(places=60, taken=3), inside=True).value == "57 van 60"
    assert places_fact(Room(places=60, taken=46)).value == "14 van 60"
    assert places_fact(Room(places=60, taken=46, unknown=1)).value == "Hoogstens 14 van 60"
    assert places_fact(Room(places=60, unknown=2)).value == "Onbekend"


def test_needs_come_first_then_a_known_partner_then_the_number():
    school = SchoolSide(school_types=("sbo",), needs=frozenset({"parents"}), partners={"p": "Terug in ritme"})
    plain = judged(school, number="MRS-001")
    partner = judged(school, number="MRS-002", partners={"p": "De Steiger"})
    need = judged(school, number="MRS-003", target_groups=("parents",))
    assert [one.number for one in in_order([plain, partner, need])] == ["MRS-003", "MRS-002", "MRS-001"]
    assert "Dezelfde partner werkt al op uw school: Terug in ritme." in sentences(partner, "fits")


@given(
    st.lists(st.sampled_from(sorted(SECTORS_OF_TYPE)), min_size=1, unique=True),
    st.lists(st.sampled_from(["vve", "po", "so", "vso", "pro", "vo"]), unique=True),
    st.lists(st.sampled_from([*sorted(SECTORS_OF_TYPE), "later"]), unique=True),
    st.lists(st.sampled_from(["mental_problems", "parents", "all_pupils", "later"]), unique=True),
)
def test_every_judgement_has_a_reason_and_no_number(types, sectors, school_types, groups):
    found = judged(
        SchoolSide(school_types=tuple(types)),
        sectors=tuple(sectors),
        school_types=tuple(school_types),
        target_groups=tuple(groups),
    )
    assert found.reasons
    assert all(one.sentence.endswith(".") and "%" not in one.sentence for one in found.reasons)
    assert found.fits or any(one.sign == "attention" for one in found.reasons)
