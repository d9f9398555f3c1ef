"""The example world as reporting hears it: intake and matching act by their own commands, the house delivers."""

import csv
import io
from collections.abc import Callable
from importlib.resources import files

import pytest
from django.test import Client

from coordination.testing import people
from coordination.testing.clock import today_is
from coordination.testing.people import account_of, browser_of


@pytest.fixture
def register(db, house):
    """Programme, allocations, schools and partners of the example world on 14 January 2025, and no activities."""
    from intake.commands.example import load_basis
    from matching.commands.example import load_register

    with today_is("2025-01-14"):
        load_basis()
        load_register()
        house.deliver()
        yield house


@pytest.fixture
def world(register):
    """The whole example world; world.deliver() brings what is said next."""
    from intake.commands.example import load_sheet

    assert load_sheet()
    register.deliver()
    return register


@pytest.fixture
def activity(world) -> Callable:
    """Intake's own row of an activity, by its number."""
    from intake.models import Activity

    return lambda number: Activity.objects.get(number=number)


@pytest.fixture
def summary(register) -> Callable:
    """The summary of a municipality as its council sees it."""
    from coordination.testing import actors
    from reporting.queries.summary import summary as query

    return lambda code="9901", **more: query(actor=actors.council_member(code), municipality=code, **more)


@pytest.fixture(scope="session")
def sheet() -> list[dict[str, str]]:
    """The example sheet as it is on disk, the independent source of every expected figure."""
    text = files("intake.domain").joinpath("example", "example-activities.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def sign_in(register) -> Callable[..., Client]:
    """A browser of somebody with a role; without a role one that is not signed in."""
    return lambda *who: browser_of(account_of(*who) if who else None)


@pytest.fixture
def bearer(register) -> Callable[..., dict[str, str]]:
    """The header with a token of somebody with a role."""
    return lambda *who: people.bearer(account_of(*who))
