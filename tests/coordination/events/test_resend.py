"""A log that was lost is filled again from the outboxes, and nothing that was heard before has an effect twice."""

import pytest
from django.core.management import CommandError, call_command

from coordination.contracts.identifiers import new_id
from coordination.events.embedded.models import LogRecord

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_lost_log_is_filled_again_in_the_same_order(matching, reporting, log, capsys):
    activity = new_id()
    matching.says(activity, 1, 2)
    matching.sends()
    reporting.hears_all()
    matching.says(activity, 3)
    matching.sends()
    before = [bytes(one.value) for one in LogRecord.objects.order_by("pk")]
    LogRecord.objects.all().delete()
    matching.says(activity, 4)

    call_command("resend", "matching")
    assert "3 berichten" in capsys.readouterr().out
    assert matching.sends() == 4
    assert [bytes(one.value) for one in LogRecord.objects.order_by("pk")][:3] == before
    reporting.hears_all()
    assert reporting.heard(activity) == [1, 2, 3, 4]


def test_only_a_service_of_this_process_can_say_again():
    with pytest.raises(CommandError, match="nobody"):
        call_command("resend", "nobody")
