"""Telling browsers that the summary of a municipality changed."""

from collections.abc import Iterable

from coordination.events.unit_of_work import unit_of_work


def summary_changed(municipalities: Iterable[str]) -> None:
    """A live notice to each municipality, once what is being projected is kept."""
    with unit_of_work("reporting") as say:
        for code in dict.fromkeys(municipalities):
            say.changed("summary", code, audience=[f"municipality:{code}"])
