"""Words with their labels, for choosing and for showing."""

from collections.abc import Iterable

from django.utils.translation import get_language

from intake.models import Catalogue, CatalogueEntry


def entries(name: str) -> list[CatalogueEntry]:
    """The words of a catalogue in its order."""
    return list(CatalogueEntry.objects.filter(catalogue__name=name).order_by("position", "slug"))


def label(entry: CatalogueEntry) -> str:
    """The label in the language of the page; without an English one the Dutch."""
    return entry.label_en if (get_language() or "nl").startswith("en") and entry.label_en else entry.label_nl


def labels(*names: str) -> dict[str, dict[str, str]]:
    """Labels by slug of several catalogues at once, in the language of the page and the order of the catalogue."""
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    rows = CatalogueEntry.objects.filter(catalogue__name__in=names).select_related("catalogue")
    for entry in rows.order_by("position", "slug"):
        found[entry.catalogue.name][entry.slug] = label(entry)
    return found


def choices(name: str) -> list[tuple[str, str]]:
    """Slug and label of a catalogue, for a list to choose from."""
    return [(entry.slug, label(entry)) for entry in entries(name)]


def reasons(*lists: str) -> list[tuple[str, str]]:
    """Slug and label of the reasons in any of these lists: rephasing, transfer, delay, stop, correction, withdraw."""
    wanted = set(lists)
    return [(entry.slug, label(entry)) for entry in entries("reason") if wanted & set(entry.group.split())]


def label_of(catalogue: str, slug: str) -> str:
    """One label; the slug itself when it is of a newer list."""
    return labels(catalogue)[catalogue].get(slug, slug) if slug else ""


def all_catalogues(names: Iterable[str] = ()) -> list[Catalogue]:
    """Every catalogue with its entries, or those named."""
    found = Catalogue.objects.prefetch_related("entries")
    return list(found.filter(name__in=list(names)) if names else found)
