"""Rebuilding what a service keeps from hearing: emptied and filled again from the log, in one go and saying nothing."""

from collections import Counter
from collections.abc import Callable

from django.apps import apps

from coordination.events.hearing import Hearing
from coordination.events.letters import open_record
from coordination.events.log import Log, Reader, get_log
from coordination.events.postgresql import keep_consumers_out
from coordination.events.subscription import Subscriptions
from coordination.events.unit_of_work import silence, unit_of_work

Tell = Callable[[int, int], None]


def _nobody(heard: int, of: int) -> None:
    """Nobody wants to know how far it is."""


class RebuildFailed(RuntimeError):
    """The log did not bring back what the service had heard; everything was left as it was."""


def replay(subscriptions: Subscriptions, log: Log | None = None, *, tell: Tell = _nobody) -> dict[str, int]:
    """Rebuild the projections of a service: empty them, and hear again what it had heard before.

    It is one unit of work: until it ends others see what was there before, and an error or a kill leaves that in place.
    Only what was heard before is heard again, and nothing is said meanwhile, for it was said then; what is new, or
    parked, stays for the consumer and for a retry, which do speak. No due command is called. Running
    consumers wait by themselves. tell is called now and then with how many were heard again, of how many.

    Gives counts of handled and marked. Raises RebuildFailed, or whatever a projection raises.
    """
    service = subscriptions.service
    log = log or get_log()
    group = f"{service}.rebuild"
    log.forget(group)
    reader = log.reader(group, subscriptions.topics)
    try:
        with unit_of_work(service), silence():
            keep_consumers_out(service)
            marks = apps.get_model(service, "HandledEvent").objects
            # A million of these fit in memory as numbers.
            heard_before = {pk.int for pk in marks.values_list("pk", flat=True).iterator(chunk_size=10_000)}
            for name in (*subscriptions.projections, "HandledEvent", "SubjectPosition"):
                apps.get_model(service, name.rsplit(".", 1)[-1]).objects.all().delete()
            tally = _hear_again(Hearing(subscriptions), reader, subscriptions.portion, heard_before, tell)
            lost = len(heard_before) - tally["handled"] - tally["marked"]
            if lost:
                raise RebuildFailed(f"{lost} of {len(heard_before)} messages heard before are not in the log any more")
    finally:
        reader.close()
        log.forget(group)
    return {outcome: tally[outcome] for outcome in ("handled", "marked")}


def _hear_again(hearing: Hearing, reader: Reader, portion: int, heard_before: set[int], tell: Tell) -> Counter[str]:
    tally: Counter[str] = Counter()
    while tally["handled"] + tally["marked"] < len(heard_before):
        records = reader.poll(portion, 0.5)
        if not records and not reader.lag():
            break
        letters = [letter for letter in map(open_record, records) if letter.id.int in heard_before]
        tally += hearing.hear(letters, mind_parked=False)
        out_of_order = [cause for cause in ("hole", "fault", "behind", "unreadable", "unknown") if tally[cause]]
        if out_of_order:
            raise RebuildFailed(f"messages heard before cannot be heard again: {', '.join(out_of_order)}")
        reader.commit()
        tell(tally["handled"] + tally["marked"], len(heard_before))
    return tally
