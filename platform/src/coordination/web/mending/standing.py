"""The page of how the messages of a service stand, and that of what was let go of."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from coordination.contracts import catalogue
from coordination.events import lag
from coordination.events.dead_letters import dead_letters, parked_by_cause, passed_over
from coordination.events.rebuilds import running
from coordination.identity.models import Account
from coordination.web.mending.admitting import for_administrator, frame
from coordination.web.mending.words import CAUSES, kind_of
from coordination.web.shell.page import show

ON_A_PAGE = 25


class FilterForm(forms.Form):
    """What to see of what is stuck."""

    cause = forms.ChoiceField(label=_("Reden"), required=False, choices=[("", _("Alle")), *CAUSES.items()])
    q = forms.CharField(label=_("Soort of onderwerp"), required=False, max_length=200)


@for_administrator("GET", "HEAD")
def standing(request: HttpRequest, service: str) -> HttpResponse:
    """What waits to be sent and heard, and what is stuck, a part at a time."""
    form = FilterForm(request.GET)
    rows = dead_letters(service)
    if form.is_valid():
        rows = _narrowed(rows, form.cleaned_data)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    waiting, since = lag.waiting_to_be_sent(service)
    context = {
        "form": form,
        "page": page,
        "letters": [(row, kind_of(row.type), CAUSES[row.cause]) for row in page],
        "narrowed": any(form.cleaned_data.values()) if form.is_valid() else True,
        "parked": sum(parked_by_cause(service).values()),
        "waiting": waiting,
        "since": since,
        "behind": _behind(service),
        "last": lag.last_heard(service),
        "rebuilding": running(service),
        "kept": _kept(request),
    }
    return show(request, "mending/standing.html", frame(service) | context)


@for_administrator("GET", "HEAD")
def let_go(request: HttpRequest, service: str) -> HttpResponse:
    """The messages that somebody let go of: who, when and why."""
    page = Paginator(passed_over(service), ON_A_PAGE).get_page(request.GET.get("page"))
    names = _names({row.account for row in page if row.account})
    rows = [(row, kind_of(row.type), names.get(row.account, "")) for row in page]
    return show(request, "mending/passed_over.html", frame(service) | {"page": page, "rows": rows})


def _narrowed(rows: QuerySet, wanted: dict[str, str]) -> QuerySet:
    if wanted["cause"]:
        rows = rows.filter(cause=wanted["cause"])
    for word in wanted["q"].split()[:5]:
        kinds = [entry.type for entry in catalogue.ENTRIES if word.lower() in entry.name.lower()]
        rows = rows.filter(Q(subject__icontains=word) | Q(type__icontains=word) | Q(type__in=kinds))
    return rows


def _behind(service: str) -> int | None:
    """How many messages are not heard yet; None when the log does not answer."""
    try:
        return lag.unheard(service)
    except Exception:
        return None


def _kept(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _names(accounts: set[Any]) -> dict[Any, str]:
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "name"))
