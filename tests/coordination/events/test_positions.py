"""A position in the log is kept after the effect: what an old position brings again counts once."""

import time

import pytest

from coordination.contracts.identifiers import new_id

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_lost_position_brings_all_again_and_does_nothing(matching, reporting):
    activity = new_id()
    matching.says(activity, 1, 2)
    matching.sends()
    reporting.hears_all()
    reporting.log.forget("reporting")
    assert reporting.hears_all().tally == {"repeated": 2}
    assert reporting.heard(activity) == [1, 2]


def test_a_position_is_kept_a_moment_later_and_when_it_stops(matching, reporting, marks):
    activity = new_id()
    matching.says(activity, 1, 2, 3)
    matching.sends()
    consumer = reporting.consumer(portion=1)
    consumer.run_once(keep_every=0.1)
    assert (reporting.heard(activity), not_kept(reporting)) == ([1], 3)
    time.sleep(0.1)
    consumer.run_once(keep_every=0.1)
    assert (reporting.heard(activity), not_kept(reporting)) == ([1, 2], 2)
    time.sleep(0.1)
    consumer.run_once(keep_every=60)
    assert not_kept(reporting) == 2
    consumer.close()
    assert (reporting.heard(activity), not_kept(reporting)) == ([1, 2, 3], 0)
    assert marks() == (3, 1)


def test_what_was_heard_by_who_was_killed_before_its_position_was_kept_counts_once(matching, reporting, marks):
    activity = new_id()
    matching.says(activity, 1, 2)
    matching.sends()
    reporting.consumer().run_once(keep_every=60)
    assert (reporting.heard(activity), not_kept(reporting)) == ([1, 2], 2)
    assert reporting.hears_all().tally == {"repeated": 2}
    assert (reporting.heard(activity), not_kept(reporting)) == ([1, 2], 0)
    assert marks() == (2, 1)


def not_kept(reporting) -> int:
    """How many messages would come again to who starts now."""
    return reporting.log.lag("reporting", reporting.subscriptions.topics)
