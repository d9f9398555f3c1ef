"""What tests lean on holds by itself: clock, actors, needed things."""

from datetime import date

import pytest

from coordination.contracts import clock
from coordination.contracts.identifiers import new_id
from coordination.testing import actors, needs
from coordination.testing.clock import today_is


def test_the_clock_stands_still_and_goes_on_as_it_was():
    with today_is("2025-01-14"):
        assert clock.today() == date(2025, 1, 14)
        with today_is(date(2023, 8, 1)):
            assert clock.today("America/Curacao") == date(2023, 8, 1)
        assert clock.today() == date(2025, 1, 14)
    assert not clock.stands_still()


def test_the_clock_goes_on_after_an_error():
    with pytest.raises(ZeroDivisionError), today_is("2025-01-14"):
        raise ZeroDivisionError
    assert not clock.stands_still()


def test_actors_have_the_role_and_place_that_was_asked_for():
    school = new_id()
    assert actors.officer("9902").has("policy_officer", "municipality", "9902")
    assert not actors.officer("9902").has("policy_officer", "municipality", "9901")
    assert actors.coordinator(school).keys("school") == {str(school)}
    assert actors.administrator().is_administrator
    assert actors.budget_holder().role_for("municipality", "9901") == "budget_holder"
    assert actors.council_member().audiences == ("municipality:9901",)
    assert actors.partner(school).has("partner", "partner", str(school))


def test_an_actor_without_a_place_is_refused():
    with pytest.raises(ValueError, match="municipality"):
        actors.actor("policy_officer")


def test_missing_things_are_named():
    assert needs.missing(["sqlite3", "no-such-program-anywhere"]) == ["no-such-program-anywhere"]


@pytest.mark.needs("no-such-program-anywhere")
@pytest.mark.skipif(needs.required(), reason="with VIERSPAN_REQUIRE=all this fails on purpose")
def test_that_needs_something_absent_is_skipped():
    raise AssertionError("this should have been skipped")
