"""Words for slugs, as intake defined them, in the language of the reader."""

from django.utils.translation import get_language

from matching.domain.suggestions import Labels
from matching.models import Catalogue


def labels_of(name: str) -> dict[str, str]:
    """The labels of a catalogue by slug, in order; Dutch where another language has none."""
    catalogue = Catalogue.objects.filter(name=name).first()
    entries = catalogue.entries if catalogue else []
    english = (get_language() or "nl").startswith("en")
    return {entry["slug"]: (english and entry.get("label_en")) or entry["label_nl"] for entry in entries}


def labels() -> Labels:
    """The words a suggestion needs, in Dutch: target groups, and the reasons of every catalogue of reasons."""
    groups: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for catalogue in Catalogue.objects.all():
        words = {entry["slug"]: entry["label_nl"] for entry in catalogue.entries}
        if catalogue.name == "target_group":
            groups = words
        elif "reason" in catalogue.name:
            reasons |= words
    return Labels(target_groups=groups, reasons=reasons)
