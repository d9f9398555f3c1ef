"""The page of one message that is stuck, and what can be done about it: try it again, or let it go with a reason."""

from uuid import UUID

import msgspec
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coordination.contracts.refusals import Invalid, NotFound
from coordination.events.dead_letters import dead_letters, pass_over, retry_dead_letters
from coordination.events.tables import DeadLetter
from coordination.web.mending.admitting import for_administrator, frame
from coordination.web.mending.words import CAUSES, EXPLANATIONS, flat, kind_of
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell

WAITING_SHOWN = 10


class ReasonForm(forms.Form):
    """Why a message may be let go of."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom mag dit bericht vervallen?"),
        help_text=gettext_lazy("Dit blijft bewaard, met uw naam en het bericht zelf."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Zeg waarom dit bericht mag vervallen.")},
    )


@for_administrator("GET", "HEAD")
def letter(request: HttpRequest, service: str, id: UUID) -> HttpResponse:
    """One message: what it says, why it is stuck, and what waits behind it."""
    return _show(request, service, _found(service, id), ReasonForm())


@for_administrator("POST")
def retry(request: HttpRequest, service: str, id: UUID) -> HttpResponse:
    """Try the messages of its subject again, in order."""
    counts = retry_dead_letters(service, id)
    _tell_how_it_went(request, counts)
    if dead_letters(service).filter(pk=id).exists():
        return HttpResponseRedirect(reverse(f"{service}-message", args=[id]))
    return _back(service)


@for_administrator("POST")
def retry_all(request: HttpRequest, service: str) -> HttpResponse:
    """Try all that is stuck again, each subject in its order."""
    _tell_how_it_went(request, retry_dead_letters(service))
    return _back(service)


@for_administrator("POST")
def let_go(request: HttpRequest, service: str, id: UUID) -> HttpResponse:
    """Let go of one message, with a reason; what waits behind it goes on."""
    row = _found(service, id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            counts = pass_over(service, id, reason=form.cleaned_data["reason"], account=request.actor.account_id)
        except Invalid as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("Het bericht is vervallen. De reden is bewaard."))
            if counts["handled"] or counts["failed"]:
                _tell_how_it_went(request, counts)
            return _back(service)
    return _show(request, service, row, form, status=400)


def _found(service: str, id: UUID) -> DeadLetter:
    row = dead_letters(service).filter(pk=id).first()
    if row is None:
        raise NotFound("Dit bericht staat niet (meer) geparkeerd.")
    return row


def _show(request: HttpRequest, service: str, row: DeadLetter, form: ReasonForm, status: int = 200) -> HttpResponse:
    of_subject = dead_letters(service).filter(topic=row.topic, subject=row.subject)
    first = of_subject.first()
    behind = of_subject.exclude(pk=row.pk).filter(sequence__gte=row.sequence)
    data, attributes = _opened(row.message)
    context = {
        "letter": row,
        "kind": kind_of(row.type),
        "cause": CAUSES[row.cause],
        "explanation": EXPLANATIONS[row.cause],
        "first": first if first is not None and first.pk != row.pk else None,
        "behind": [(one, kind_of(one.type)) for one in behind[:WAITING_SHOWN]],
        "behind_count": behind.count(),
        "data": data,
        "attributes": attributes,
        "form": form,
    }
    return show(request, "mending/letter.html", frame(service) | context, status=status)


def _opened(message: str) -> tuple[list[tuple[str, str | None]], list[tuple[str, str | None]]]:
    """What a message says, and what is said of it; both empty when it cannot be read."""
    try:
        content = msgspec.json.decode(message.encode())
    except (ValueError, msgspec.MsgspecError):
        return [], []
    if not isinstance(content, dict):
        return [], []
    data = content.pop("data", None)
    return (flat(data) if isinstance(data, dict) and data else []), flat(content)


def _tell_how_it_went(request: HttpRequest, counts: dict[str, int]) -> None:
    if counts["handled"]:
        words = ngettext("%(number)d bericht is verwerkt.", "%(number)d berichten zijn verwerkt.", counts["handled"])
        messages.success(request, words % {"number": counts["handled"]})
    if counts["failed"]:
        words = ngettext(
            "%(number)d onderwerp zit nog vast. Bij het eerste bericht ervan staat waarom.",
            "%(number)d onderwerpen zitten nog vast. Bij het eerste bericht ervan staat waarom.",
            counts["failed"],
        )
        messages.warning(request, words % {"number": counts["failed"]})
    if not counts["handled"] and not counts["failed"]:
        messages.info(request, _("Er zat niets meer vast."))


def _back(service: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"{service}-messages"))
