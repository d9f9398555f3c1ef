"""A world for intake's tests: four municipalities with programme, catalogues and allocations, on the example's day."""

from collections.abc import Callable
from datetime import date

import pytest

from coordination.testing import actors
from coordination.testing.clock import today_is


@pytest.fixture
def basis(db):
    """The basis of the example world on 14 January 2025, and nothing else."""
    from intake.commands.example import load_basis

    with today_is("2025-01-14"):
        load_basis()
        yield


@pytest.fixture
def register(basis) -> Callable:
    """Registers an activity of Merenstad with whatever is asked and something fitting for the rest."""
    from intake.commands.activities import register_activity

    def _register(**wanted):
        given = {
            "actor": actors.officer(wanted.get("municipality", "9901")),
            "municipality": "9901",
            "title": "Voorleesmaatjes aan huis",
            "measure_type": "home_reading_support",
            "starts_on": date(2021, 11, 1),
            "ends_on": date(2025, 7, 31),
            "total_cents": 11_875_000,
        }
        return register_activity(**(given | wanted))

    return _register


@pytest.fixture
def phased(register) -> Callable:
    """Registers an activity whose final phasing is known, with 71.480,00 spent up to 31 December 2024."""

    def _phased(**wanted):
        given = {
            "phasing": {
                "2021-2022": 2_250_000,
                "2022-2023": 4_125_000,
                "2023-2024": 3_500_000,
                "2024-2025": 2_000_000,
            },
            "phasing_state": "final",
            "spent_until_cents": 7_148_000,
            "reference_date": date(2024, 12, 31),
        }
        return register(**(given | wanted))

    return _phased


@pytest.fixture
def refused() -> Callable:
    """Runs something that must be refused as Invalid and gives the codes of what was wrong."""
    from coordination.contracts.refusals import Invalid

    def _refused(act: Callable, **arguments) -> list[str]:
        with pytest.raises(Invalid) as caught:
            act(**arguments)
        assert all(one.message.endswith((".", "?", ")")) and one.field for one in caught.value.problems)
        return [one.code for one in caught.value.problems]

    return _refused


@pytest.fixture
def copies(basis) -> None:
    """Intake's copies of the example's schools and partners, heard as matching says them."""
    import json
    from importlib.resources import files
    from uuid import UUID

    from coordination.contracts import matching
    from intake.projections.organisations import partner_registered, school_registered

    example = files("matching.domain").joinpath("example")
    for one in json.loads(example.joinpath("schools.json").read_text()):
        event = matching.SchoolRegistered(
            school_id=UUID(one["school_id"]),
            brin=one["brin"],
            location_code=one.get("location_code") or f"{one['brin']}00",
            name=one["name"],
            school_types=tuple(one["school_types"]),
            municipality=one["municipality"],
        )
        school_registered(event, None)
    for one in json.loads(example.joinpath("partners.json").read_text()):
        event = matching.PartnerRegistered(
            partner_id=UUID(one["partner_id"]),
            name=one["name"],
            partner_type=one["partner_type"],
            municipalities=tuple(one["municipalities"]),
            aliases=tuple(one.get("aliases", ())),
        )
        partner_registered(event, None)
