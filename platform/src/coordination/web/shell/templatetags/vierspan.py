"""How pages write figures and dates, mark states, show form fields and keep themselves up to date."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coordination.contracts import money
from coordination.contracts.clock import NETHERLANDS
from coordination.web.shell.context import ROLE_NAMES
from coordination.web.shell.marks import PARTICIPATIONS, REASON_SIGNS, STATUSES

register = template.Library()

MONTHS = [
    gettext_noop("januari"),
    gettext_noop("februari"),
    gettext_noop("maart"),
    gettext_noop("april"),
    gettext_noop("mei"),
    gettext_noop("juni"),
    gettext_noop("juli"),
    gettext_noop("augustus"),
    gettext_noop("september"),
    gettext_noop("oktober"),
    gettext_noop("november"),
    gettext_noop("december"),
]
SHORT_MONTHS = [
    gettext_noop("jan"),
    gettext_noop("feb"),
    gettext_noop("mrt"),
    gettext_noop("apr"),
    gettext_noop("mei"),
    gettext_noop("jun"),
    gettext_noop("jul"),
    gettext_noop("aug"),
    gettext_noop("sep"),
    gettext_noop("okt"),
    gettext_noop("nov"),
    gettext_noop("dec"),
]


def _mark(kind: str, word: str, shape: str) -> SafeString:
    drawing = mark_safe(
        f'<svg class="vs-status__shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{shape}</svg>'
    )
    return format_html('<span class="vs-status vs-status--{}">{}<span>{}</span></span>', kind, drawing, word)


@register.simple_tag
def status(slug: str) -> SafeString:
    """The shape and word of an activity's status."""
    word, shape = STATUSES.get(slug, (slug, STATUSES["draft"][1]))
    return _mark(slug, _(word), shape)


@register.simple_tag
def participation(state: str, position: int | None = None) -> SafeString:
    """The shape and word of a participation or partner role; the waiting list with its place."""
    word, shape = PARTICIPATIONS.get(state, (state, STATUSES["draft"][1]))
    text = _("Wachtlijst, plek %(position)s") % {"position": position} if position and state == "waiting" else _(word)
    return _mark(state, text, shape)


@register.simple_tag
def reason_sign(kind: str) -> SafeString:
    """The sign before a reason, with its word for who does not see it: fits, attention or unknown."""
    word, shape = REASON_SIGNS.get(kind, REASON_SIGNS["unknown"])
    return format_html(
        '<span><svg class="vs-reason__sign vs-reason__sign--{}" viewBox="0 0 16 16" width="16" height="16"'
        ' aria-hidden="true">{}</svg><span class="vs-hidden">{}</span></span>',
        kind,
        mark_safe(shape),
        _(word),
    )


@register.filter
def status_word(slug: str) -> str:
    """The word of a status alone."""
    return _(STATUSES.get(slug, (slug, ""))[0])


@register.filter
def euro(cents: int | None) -> str:
    """An amount for a sentence: € 1.234,56, or onbekend."""
    return _("onbekend") if cents is None else money.amount_in_sentence(cents)


@register.filter
def amount(cents: int | None) -> str:
    """An amount for a column without sign: 1.234,56, or onbekend."""
    return _("onbekend") if cents is None else money.amount_in_column(cents)


@register.filter
def share(part: int | None, base: int | None) -> str:
    """A percentage with one decimal of a base: 81,4%."""
    return money.share_in_words(part, base)


@register.filter
def dutch_date(day: date | None) -> str:
    """31 december 2024, or onbekend."""
    if day is None:
        return _("onbekend")
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"


@register.filter
def short_date(day: date | None) -> str:
    """31-12-2024, for columns and files, or onbekend."""
    return f"{day.day:02d}-{day.month:02d}-{day.year}" if day else _("onbekend")


@register.filter
def dutch_time(moment: datetime | None, zone: str = NETHERLANDS) -> str:
    """20.41 uur in a municipality's zone, or onbekend."""
    if moment is None:
        return _("onbekend")
    local = moment.astimezone(ZoneInfo(zone))
    return _("%(hour)s.%(minute)s uur") % {"hour": local.hour, "minute": f"{local.minute:02d}"}


@register.filter
def dutch_moment(moment: datetime | None, zone: str = NETHERLANDS) -> str:
    """14 januari 2025, 20.41 uur in a municipality's zone, or onbekend."""
    if moment is None:
        return _("onbekend")
    return f"{dutch_date(moment.astimezone(ZoneInfo(zone)).date())}, {dutch_time(moment, zone)}"


@register.simple_tag
def period(starts_on: date, ends_on: date) -> str:
    """okt 2021 – jul 2025."""
    first = f"{_(SHORT_MONTHS[starts_on.month - 1])} {starts_on.year}"
    last = f"{_(SHORT_MONTHS[ends_on.month - 1])} {ends_on.year}"
    return f"{first} – {last}"


@register.filter
def role_name(membership) -> str:
    """The Dutch word for the role of a membership."""
    return _(ROLE_NAMES.get(membership.role, membership.role))


@register.inclusion_tag("shell/components/field.html")
def field(bound, small: bool = False, plain: bool = False) -> dict:
    """A form field with its label, description and error, tied together for a screen reader.

    plain leaves out "(niet verplicht)", where the words above the fields already say so.
    """
    described = [f"{bound.auto_id}-help"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    attributes = {"class": _widget_class(bound)}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    control = bound.as_widget(attrs=attributes)
    optional = not bound.field.required and not plain
    return {
        "field": bound,
        "control": control,
        "small": small,
        "is_choice": _is_tick(bound),
        "says_optional": optional,
    }


def _is_tick(bound) -> bool:
    return type(bound.field.widget).__name__ in ("CheckboxInput", "CheckboxSelectMultiple", "RadioSelect")


def _widget_class(bound) -> str:
    name = type(bound.field.widget).__name__
    if name == "Select":
        return "utrecht-select utrecht-select--html-select vs-input"
    if name == "Textarea":
        return "utrecht-textarea vs-input"
    if _is_tick(bound):
        return "vs-tick"
    return "utrecht-textbox vs-input"


@register.inclusion_tag("shell/components/error_summary.html")
def error_summary(form) -> dict:
    """The list of what has to be done, with a link to each field; nothing when all is well."""
    problems = []
    if form is not None and form.is_bound:
        problems = [{"message": message, "target": ""} for message in form.non_field_errors()]
        problems += [
            {"message": message, "target": bound.auto_id, "label": bound.label}
            for bound in form
            for message in bound.errors
        ]
    return {"problems": problems}


@register.simple_block_tag
def live(
    content: str, service: str, subject: str, id: object = "", fragment: str = "", element: str = "div"
) -> SafeString:
    """A frame that knows what it shows: asks for its fragment again when a notice names its subject and id."""
    return format_html(
        '<{} class="vs-live" data-live-service="{}" data-live-subject="{}" data-live-id="{}"'
        ' data-live-fragment="{}">{}</{}>',
        element,
        service,
        subject,
        id,
        fragment or subject,
        mark_safe(content),
        element,
    )


@register.simple_tag
def live_sign() -> SafeString:
    """The sign beside an as-of date that tells whether the page follows along, and the button to pause it."""
    return format_html(
        '<span class="vs-live-sign" data-live-sign hidden><span class="vs-live-sign__dot" aria-hidden="true"></span>'
        "<span data-live-word>{}</span></span>"
        ' <button type="button" class="vs-link-button" data-live-pause hidden>{}</button>',
        _("Live"),
        _("Pauzeer bijwerken"),
    )


@register.filter
def width_of(part: int | None, whole: int | None) -> str:
    """A width between 0 and 100 for a bar in SVG, with a point."""
    if not part or not whole or part < 0:
        return "0"
    return f"{min(100, part * 100 / whole):.3f}"
