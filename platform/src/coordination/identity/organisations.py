"""The organisations somebody can have a role in, as the service that keeps them tells; identity keeps no list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from coordination.identity.actor import OrganisationKind


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """One organisation; place says in words where it belongs, such as the name of its municipality."""

    kind: OrganisationKind
    key: str
    name: str
    place: str = ""

    @property
    def value(self) -> str:
        """How a form names it: kind:key."""
        return f"{self.kind}:{self.key}"


HOUSE = Organisation(kind="house", key="house", name="Vierspan")


def known_organisations() -> list[Organisation]:
    """The house itself, and all that the function named by VIERSPAN_ORGANISATIONS knows."""
    path = getattr(settings, "VIERSPAN_ORGANISATIONS", "")
    if not path:
        return [HOUSE]
    tell: Callable[[], list[Organisation]] = import_string(path)
    return [HOUSE, *tell()]


def found_organisation(value: str) -> Organisation | None:
    """The organisation a form names, or None."""
    return next((one for one in known_organisations() if one.value == value), None)
