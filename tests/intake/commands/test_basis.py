from datetime import date

import pytest

from coordination.contracts.refusals import Forbidden
from coordination.testing import actors
from intake.commands.basis import grant_allocation, load_programme, register_municipality
from intake.commands.example import load_basis, load_sheet
from intake.models import Catalogue, OutboxEntry, Programme
from intake.queries.allocations import summary

pytestmark = pytest.mark.django_db(databases="__all__")
ALLOCATED = {"9901": 348_247_300, "9902": 94_073_650, "9903": 17_480_280, "9904": 31_000_000}


def test_loading_twice_says_everything_once(basis) -> None:
    before = OutboxEntry.objects.count()
    load_basis()
    assert load_programme() is False
    assert OutboxEntry.objects.count() == before


@pytest.mark.parametrize(("code", "cents"), ALLOCATED.items())
def test_the_allocations_are_those_of_the_example(basis, code, cents) -> None:
    found = summary(actor=actors.officer(code), municipality=code)
    assert (found.allocated, found.planned, found.unassigned, found.realised) == (cents, 0, cents, 0)


def test_the_first_period_begins_in_july(basis) -> None:
    periods = Programme.objects.get(code="np_onderwijs").plain_periods()
    assert [period.national_weight for period in periods] == [17, 32, 27, 25]
    assert (periods[0].starts_on, periods[0].ends_on) == (date(2021, 7, 1), date(2022, 7, 31))


def test_every_catalogue_word_has_a_dutch_label(basis) -> None:
    for catalogue in Catalogue.objects.prefetch_related("entries"):
        assert catalogue.entries.exists()
        for entry in catalogue.entries.all():
            assert entry.slug and entry.label_nl and entry.label_en


def test_the_sheet_waits_for_the_register(basis) -> None:
    assert load_sheet() is False


def test_an_empty_house_has_programme_and_catalogues_only() -> None:
    assert load_programme() is True
    types = set(OutboxEntry.objects.values_list("topic", flat=True))
    assert types == {"intake.programmes", "intake.catalogues"}


def test_only_the_administrator_lays_the_basis(basis, refused) -> None:
    new = {"code": "9905", "name": "Nieuwstad", "number_prefix": "nws"}
    with pytest.raises(Forbidden):
        register_municipality(actor=actors.officer(), **new)
    found = register_municipality(actor=actors.administrator(), **new)
    assert found.number_prefix == "NWS"
    grant = {"municipality": "9905", "component": "lump_sum", "granted_on": date(2021, 7, 1)}
    with pytest.raises(Forbidden):
        grant_allocation(actor=actors.officer("9905"), amount_cents=5, **grant)
    grant_allocation(actor=actors.administrator(), amount_cents=5_00, **grant)
    grant_allocation(actor=actors.administrator(), amount_cents=-1_00, **grant)
    assert summary(actor=actors.officer("9905"), municipality="9905").allocated == 4_00
    wrong = {"code": "99", "name": "", "number_prefix": "N", "zone": "Mars/Olympus"}
    assert set(refused(register_municipality, actor=actors.administrator(), **wrong)) == {
        "code-invalid",
        "required",
        "zone-unknown",
    }
