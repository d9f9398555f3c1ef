"""Ready-made ways to divide an activity's total over the school years, to start from."""

from uuid import UUID

from coordination.contracts.refusals import problem
from coordination.identity.actor import Actor
from intake.domain.phasing import PRESETS, NothingTouched
from intake.queries.activities import activity
from intake.queries.basis import periods


def preset(*, actor: Actor, activity_id: UUID | str, name: str) -> dict[str, int]:
    """The total in cents by school year: even, by calendar months, or national, as municipalities together spent it.

    Nothing is written. Raises NotFound when it is not this actor's to see, and Invalid for another name or when the
    activity runs in no school year of its programme.
    """
    found = activity(actor=actor, activity_id=activity_id)
    if name not in PRESETS:
        raise problem("preset", "preset-unknown", "Kies gelijk per maand of het landelijk patroon.")
    try:
        return PRESETS[name](found.total_cents, found.starts_on, found.ends_on, periods(found.programme))
    except NothingTouched:
        raise problem(
            "preset", "no-school-year", "Deze activiteit valt in geen enkel schooljaar. Controleer de datums."
        ) from None
