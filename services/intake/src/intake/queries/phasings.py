"""Ready-made ways to divide an activity's total over the school years, to start from."""

from uuid import UUID

from coordination.contracts.money import split
from coordination.contracts.refusals import NotFound, problem
from coordination.identity.actor import Actor
from intake.domain.phasing import PRESETS, NothingTouched
from intake.models import Activity
from intake.queries.activities import activity, row
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


def examples(found: Activity) -> list[Activity]:
    """The activities of the same municipality and programme whose phasing is final, to copy from."""
    others = Activity.objects.filter(
        municipality=found.municipality, programme=found.programme, phasing_state="final", withdrawn=False
    )
    return list(others.exclude(id=found.id).order_by("number"))


def copied(*, actor: Actor, activity_id: UUID | str, other_id: UUID | str) -> dict[str, int]:
    """The total in cents by school year, in the proportions of another activity of the same municipality.

    Nothing is written. Raises NotFound when either is not this actor's to see, and Invalid when the other has nothing
    planned in any school year.
    """
    found, other = activity(actor=actor, activity_id=activity_id), row(actor=actor, activity_id=other_id)
    if other.activity.municipality != found.municipality:
        raise NotFound
    years = [period.school_year for period in periods(found.programme)]
    weights = [max(0, other.figures(year).planned or 0) for year in years]
    if not any(weights):
        raise problem("copy", "nothing-planned", "Van die activiteit is per schooljaar niets gepland. Kies een andere.")
    return dict(zip(years, split(found.total_cents, weights), strict=True))
