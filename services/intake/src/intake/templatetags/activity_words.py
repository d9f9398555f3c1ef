"""How pages of activities write the words of catalogues, counts of people and numbers of indicators."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import template
from django.utils.translation import gettext as _

from intake.domain.counts import count_in_words
from intake.domain.dates import MONTHS

register = template.Library()


@register.filter
def lookup(words: Mapping[str, str], slug: str) -> str:
    """The label of a slug; the slug itself when it is of a newer list."""
    return words.get(slug, slug)


@register.filter
def all_of(words: Mapping[str, str], slugs: Iterable[str]) -> str:
    """The labels of several slugs with commas between them, or onbekend when there are none."""
    return ", ".join(words.get(slug, slug) for slug in slugs) or _("onbekend")


@register.filter
def lowered(text: str) -> str:
    """A label inside a sentence: without its first capital, unless it is an abbreviation or a name in capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


@register.filter
def decimal(value: str | None) -> str:
    """The number of an indicator the Dutch way: 7,4, or onbekend."""
    return value.replace(".", ",") if value else _("onbekend")


@register.filter
def people(count: int | None, own: bool) -> str:
    """A count of people; small ones are hidden outside the own organisation."""
    return count_in_words(count, own=own)


@register.filter
def month_year(day: date) -> str:
    """juli 2025."""
    return f"{MONTHS[day.month - 1]} {day.year}"
