import pytest

from intake.domain.statuses import ARROWS, STATUSES, may_become, next_statuses, status_problems


@pytest.mark.parametrize("status", STATUSES)
def test_a_report_may_repeat_the_status(status) -> None:
    assert may_become(status, status)
    assert next_statuses(status)[0] == status


def test_every_arrow_joins_two_statuses_and_says_why() -> None:
    for arrow in ARROWS:
        assert {arrow.before, arrow.after} <= set(STATUSES) and arrow.before != arrow.after and arrow.because


def test_nothing_goes_back_to_draft_once_it_runs() -> None:
    assert not may_become("running", "draft")
    words = {"running": "In uitvoering", "draft": "Concept"}
    found = status_problems("running", "draft", words)
    assert [one.code for one in found] == ["status-not-possible"]
    assert "in uitvoering" in found[0].message


def test_an_unknown_status_is_said_with_the_list() -> None:
    assert [one.code for one in status_problems("draft", "paused", {})] == ["status-unknown"]
