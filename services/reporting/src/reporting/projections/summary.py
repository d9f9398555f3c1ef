"""Telling browsers that the summary of a municipality changed."""

from collections.abc import Iterable

from coordination.events.copies import copies_of
from coordination.events.unit_of_work import unit_of_work


def summary_changed(municipalities: Iterable[str]) -> None:
    """A live notice to each municipality, once what is being projected is kept."""
    with copies_of("reporting") as copies:
        for code in municipalities:
            copies.afterwards(_tell, code)


def _tell(municipalities: Iterable[str]) -> None:
    with unit_of_work("reporting") as say:
        for code in municipalities:
            say.changed("summary", code, audience=[f"municipality:{code}"])
