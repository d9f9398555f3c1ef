"""What a school can join, and what it joins already: suggestions with reasons, asking in place, and my projects."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coordination.contracts.refusals import Conflict, Invalid
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from matching.commands.participations import request_participation
from matching.domain.participations import answer_before
from matching.domain.reasons import STILL_POSSIBLE, reason_in_words
from matching.domain.school_types import types_in_sentence
from matching.domain.who_may import acts_for_school
from matching.pages.answers import tell
from matching.pages.forms import ConfirmForm, PupilsForm, WithdrawForm
from matching.queries.participations import projects_of
from matching.queries.register import municipality_name, school_for
from matching.queries.suggestions import SuggestedActivity, suggestion_for, suggestions_for

FRAGMENTS = {"projects": "matching/suggestions/_projects.html", "card": "matching/suggestions/_card.html"}


@require_GET
@signed_in
def school_page(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """The suggestions of a school. ?activity= opens the form of one, ?answered= shows its answer, ?all=1 the rest."""
    fragment = request.GET.get("fragment", "")
    if fragment == "projects":
        return show(request, FRAGMENTS["projects"], project_context(request, school_id))
    wanted = _id_in(request.GET.get("activity", ""))
    if fragment == "card" and wanted:
        return show(request, FRAGMENTS["card"], _card(request, school_id, wanted, form=_form(wanted)))
    found = suggestions_for(request.actor, school_id)
    answered = _id_in(request.GET.get("answered", ""))
    shown = [
        _card_of(one, form=_form(wanted) if one.activity.id == wanted else None)
        for one in found.everything
        if one in found.to_ask or one.activity.id in (answered, wanted)
    ]
    context = {
        "school": found.school,
        "school_types": types_in_sentence(found.school.school_types),
        "municipality": municipality_name(found.school.municipality),
        "suggestions": found,
        "open_count": len(found.everything),
        "fit_count": sum(one.suggestion.fits and not _joined(one) for one in found.everything),
        "cards": shown,
        "not_fitting": [_card_of(one) for one in found.not_fitting if one.activity.id not in (wanted, answered)],
        "show_all": request.GET.get("all") == "1",
        "step": 3 if answered else 2 if wanted else 1,
        **project_context(request, school_id),
    }
    return show(request, "matching/suggestions/school.html", context)


@require_GET
@signed_in
def activity_page(request: HttpRequest, school_id: UUID, activity_id: UUID) -> HttpResponse:
    """More about one activity, as the school reads it."""
    context = _card(request, school_id, activity_id)
    activity = context["card"]["activity"]
    context |= {
        "municipality": municipality_name(activity.municipality),
        "types": types_in_sentence(activity.school_types),
        "projects": [one for one in projects_of(request.actor, school_id) if one.activity.id == activity_id],
        **_project_forms(),
    }
    return show(request, "matching/suggestions/activity.html", context)


@require_POST
@signed_in
def join(request: HttpRequest, school_id: UUID, activity_id: UUID) -> HttpResponse:
    """The school asks to join; the answer appears in the same place, with and without JavaScript."""
    form = _form(activity_id, request.POST)
    if form.is_valid():
        try:
            request_participation(
                actor=request.actor,
                activity=activity_id,
                school=school_id,
                pupils=form.cleaned_data["pupils"],
                note=form.cleaned_data["note"],
            )
        except (Invalid, Conflict) as refusal:
            tell(form, refusal)
    if form.errors:
        context = _card(request, school_id, activity_id, form=form)
        template = FRAGMENTS["card"] if request.htmx else "matching/suggestions/form.html"
        return show(request, template, context, status=200 if request.htmx else 400)
    if not request.htmx:
        target = reverse("matching-school", kwargs={"school_id": school_id})
        return redirect(f"{target}?answered={activity_id}#activiteit-{activity_id}")
    context = _card(request, school_id, activity_id) | project_context(request, school_id)
    return show(request, "matching/suggestions/_answered.html", context)


def _form(activity_id: UUID, data=None) -> PupilsForm:
    return PupilsForm(data, auto_id=f"a{activity_id}-%s")


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _joined(one: SuggestedActivity) -> bool:
    return one.participation is not None and one.participation.state == "joined"


def _card(request: HttpRequest, school_id: UUID, activity_id: UUID, form: PupilsForm | None = None) -> dict:
    found = suggestion_for(request.actor, school_id, activity_id)
    if form is not None and not found.may_ask and not form.is_bound:
        form = None
    return {
        "school": school_for(request.actor, school_id),
        "card": _card_of(found, form=form),
        "may_act": acts_for_school(request.actor, school_id),
    }


def _card_of(one: SuggestedActivity, form: PupilsForm | None = None) -> dict:
    own = one.participation
    return {
        "activity": one.activity,
        "suggestion": one.suggestion,
        "participation": own,
        "partners": [partner["name"] for partner in one.activity.partners],
        "form": form,
        "may_ask": one.may_ask,
        "answer": _answer_of(own) if own is not None and own.state != "withdrawn" else None,
    }


def _answer_of(own) -> dict:
    answers = {
        "joined": _("U doet mee."),
        "waiting": _("U staat op plek %(position)s van de wachtlijst.") % {"position": own.position},
        "declined": _("De gemeente heeft uw aanvraag afgewezen."),
        "requested": _("Uw aanvraag is verstuurd."),
    }
    return {
        "sentence": answers[own.state],
        "before": answer_before(own.asked_on) if own.state == "requested" and own.asked_on else None,
        "reason": reason_in_words(own.reason),
        "still_possible": STILL_POSSIBLE.get(own.reason, "") if own.state == "declined" else "",
    }


def _project_forms() -> dict:
    return {"withdraw_form": WithdrawForm(auto_id=False), "confirm_form": ConfirmForm(auto_id=False)}


def project_context(request: HttpRequest, school_id: UUID) -> dict:
    """What the list of a school's projects shows. Raises NotFound."""
    return {
        "projects": projects_of(request.actor, school_id),
        "school_id": school_id,
        "may_act": acts_for_school(request.actor, school_id),
        **_project_forms(),
    }
