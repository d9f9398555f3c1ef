"""Filters of the council page."""

from django import template
from django.utils.translation import gettext as _

from reporting.domain.charts import round_amount as in_words

register = template.Library()


@register.filter
def round_amount(cents: int) -> str:
    """A round amount beside a line of a chart: € 1 miljoen."""
    return in_words(cents, _("miljoen"))
