"""The register: idempotent, one line never blocks the rest, and only for one's own municipality."""

import pytest

from coordination.contracts.refusals import Conflict, Forbidden, Invalid
from matching.commands.example import load_register
from matching.commands.register import register_partner, register_pasted_schools, register_school
from matching.models import OutboxEntry, Partner, School

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_the_example_register_loads_once(world):
    said = OutboxEntry.objects.count()
    load_register()
    assert (School.objects.count(), Partner.objects.count()) == (19, 30)
    assert OutboxEntry.objects.count() == said
    assert {one.id for one in School.objects.all()} == set(world.schools.values())


def test_a_brin_names_its_first_location_and_the_same_again_changes_nothing(world):
    def register(**other):
        given = {"code": " 94zz ", "name": "De  Meent", "school_types": ["Basisschool"], "municipality": "9901"}
        return register_school(actor=world.officer(), **{**given, **other})

    school = register()
    assert (school.brin, school.location_code, school.name) == ("94ZZ", "94ZZ00", "De Meent")
    said = OutboxEntry.objects.count()
    assert register().pk == school.pk
    assert OutboxEntry.objects.count() == said
    assert register(name="De Nieuwe Meent").pk == school.pk
    assert register(code="94ZZ01").pk != school.pk


def test_all_problems_are_told_at_once(world):
    with pytest.raises(Invalid) as refusal:
        register_school(
            actor=world.administrator(), code="?", name="\x00", school_types=["universiteit"], municipality="99"
        )
    assert [one.field for one in refusal.value.problems] == ["code", "name", "schoolTypes", "municipality"]


def test_a_code_of_another_municipality_is_not_taken_over(world):
    with pytest.raises(Conflict):
        register_school(actor=world.officer(), code="91BA", name="X", school_types=["basisschool"], municipality="9901")
    with pytest.raises(Forbidden):
        register_school(actor=world.officer(), code="94AA", name="X", school_types=["basisschool"], municipality="9902")


def test_a_pasted_list_takes_the_good_lines_and_names_the_others(world):
    text = "BRIN;Naam;Typen\n94AA;De Meent;basisschool\n\n94A;Fout;basisschool\n94AB\t't Veer 🙂\tvmbo, havo\t9901\n"
    result = register_pasted_schools(actor=world.officer(), text=text, municipality="9901")
    assert [one.location_code for one in result.registered] == ["94AA00", "94AB00"]
    assert [one.line for one in result.refused] == [4]
    again = register_pasted_schools(actor=world.officer(), text=text, municipality="9901")
    assert [one.pk for one in again.registered] == [one.pk for one in result.registered]
    with pytest.raises(Invalid):
        register_pasted_schools(actor=world.officer(), text=" \n", municipality="9901")


def test_a_partner_is_known_by_its_name_whatever_its_legal_form_and_case(world):
    before = Partner.objects.get(name="Stichting Welzijn Polderlicht")
    found = register_partner(actor=world.officer("9902"), name="stichting  WELZIJN Polderlicht", municipality="9902")
    assert found.pk == before.pk
    assert found.municipalities == ["9901", "9902"]
    with pytest.raises(Invalid):
        register_partner(actor=world.officer(), name=" \u202e", municipality="9901")
