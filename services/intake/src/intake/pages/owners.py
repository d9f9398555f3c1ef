"""Who may own an activity: the people of its municipality who keep activities, by name."""

from uuid import UUID

from coordination.identity.accounts import colleagues
from intake.domain import who_may


def owner_choices(municipality: str) -> list[tuple[str, str]]:
    """The people of a municipality to choose an owner from, as id and name; equal names also show their address."""
    people = colleagues("municipality", municipality, *who_may.STAFF)
    names = [person.name for person in people]
    return [
        (str(person.id), person.name if names.count(person.name) == 1 else f"{person.name} ({person.email})")
        for person in people
    ]


def owner_name(owner: UUID | None, municipality: str) -> str:
    """The name of an owner; empty when unknown or no longer there."""
    if owner is None:
        return ""
    return next((person.name for person in colleagues("municipality", municipality) if person.id == owner), "")
