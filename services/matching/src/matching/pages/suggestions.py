"""What a school can join, and what it joins already: suggestions with reasons, asking in place, and my projects."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coordination.contracts.refusals import Conflict, Invalid
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from matching.commands.participations import request_participation
from matching.domain.participations import answer_before
from matching.domain.reasons import STILL_POSSIBLE, reason_in_words
from matching.domain.school_types import types_in_sentence
from matching.domain.who_may import acts_for_school
from matching.pages.forms import PupilsForm
from matching.pages.projects import BoundForms, project_context
from matching.pages.sentences import summary
from matching.queries.catalogues import labels_of
from matching.queries.register import municipality_name, school_for
from matching.queries.suggestions import SuggestedActivity, suggestion_for, suggestions_for

SCHOOL = "matching/suggestions/school.html"
PROJECTS = "matching/suggestions/_projects.html"
CARD = "matching/suggestions/_card.html"
ANSWERED = "matching/suggestions/_answered.html"
ONE_CARD = "card-"


@require_GET
@signed_in
def school_page(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """The suggestions of a school. ?activity= opens the form of one, ?answered= shows its answer, ?all=1 the rest."""
    fragment = request.GET.get("fragment", "")
    if fragment == "projects":
        return show(request, PROJECTS, project_context(request, school_id))
    one = _id_in(fragment.removeprefix(ONE_CARD)) if fragment.startswith(ONE_CARD) else None
    if one:
        return show(request, CARD, card_context(request, school_id, one) | {"is_inside": True})
    wanted = _id_in(request.GET.get("activity", ""))
    if fragment in ("form", "card") and wanted:
        opened = _form(wanted) if fragment == "form" else None
        context = card_context(request, school_id, wanted, form=opened)
        return show(request, ANSWERED, context | {"step": 2 if opened else 1})
    return show(request, SCHOOL, school_context(request, school_id, wanted=wanted))


@require_GET
@signed_in
def activity_page(request: HttpRequest, school_id: UUID, activity_id: UUID) -> HttpResponse:
    """More about one activity, as the school reads it."""
    context = card_context(request, school_id, activity_id)
    activity = context["card"]["activity"]
    groups = labels_of("target_group")
    kinds = labels_of("measure_type")
    projects = project_context(request, school_id)
    projects["projects"] = [one for one in projects["projects"] if one["project"].activity.id == activity_id]
    if request.GET.get("fragment") == "projects":
        return show(request, PROJECTS, projects | {"is_single": True})
    context |= {
        "municipality": municipality_name(activity.municipality),
        "types": types_in_sentence(activity.school_types),
        "groups": [groups.get(slug, slug) for slug in activity.target_groups],
        "measure": kinds.get(activity.measure_type, activity.measure_type),
        "is_single": True,
        **projects,
    }
    return show(request, "matching/suggestions/activity.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def join(request: HttpRequest, school_id: UUID, activity_id: UUID) -> HttpResponse:
    """The school asks to join; the answer appears in the same place, with and without JavaScript."""
    if request.method == "GET":
        return redirect(f"{reverse('matching-school', kwargs={'school_id': school_id})}?activity={activity_id}")
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
    if form.errors and request.htmx:
        return show(request, CARD, card_context(request, school_id, activity_id, form=form))
    if form.errors:
        context = school_context(request, school_id, wanted=activity_id, form=form)
        return show(request, SCHOOL, context, status=400)
    if not request.htmx:
        target = reverse("matching-school", kwargs={"school_id": school_id})
        return redirect(f"{target}?answered={activity_id}#activiteit-{activity_id}")
    context = card_context(request, school_id, activity_id) | project_context(request, school_id)
    return show(request, ANSWERED, context | {"step": 3, "with_projects": True, "takes_focus": True})


def school_context(
    request: HttpRequest,
    school_id: UUID,
    *,
    wanted: UUID | None = None,
    form: PupilsForm | None = None,
    bound: BoundForms | None = None,
) -> dict:
    """Everything the page of a school shows; wanted is the activity whose form is open. Raises NotFound."""
    found = suggestions_for(request.actor, school_id)
    answered = _id_in(request.GET.get("answered", ""))
    ids = {one.activity.id for one in found.everything}
    if answered not in ids:
        answered = None
    if wanted not in ids and wanted is not None and form is None:
        wanted = None
    may_act = acts_for_school(request.actor, school_id)
    open_form = form or (_form(wanted) if wanted and may_act else None)
    shown = [one for one in found.everything if one in found.to_ask or one.activity.id in (answered, wanted)]
    if wanted not in ids and form is not None:
        shown = [suggestion_for(request.actor, school_id, wanted), *shown]
    return {
        "school": found.school,
        "school_types": types_in_sentence(found.school.school_types),
        "municipality": municipality_name(found.school.municipality),
        "summary": summary(found, municipality_name(found.school.municipality)),
        "busy_count": sum(one.activity.id != answered for one in found.busy_and_fitting),
        "cards": [_card_of(one, found.school, form=open_form if one.activity.id == wanted else None) for one in shown],
        "not_fitting": [
            _card_of(one, found.school) for one in found.not_fitting if one.activity.id not in (wanted, answered)
        ],
        "show_all": request.GET.get("all") == "1",
        "answered": answered,
        "step": 3 if answered else 2 if open_form else 1,
        "open_form": open_form,
        **project_context(request, school_id, bound=bound),
    }


def card_context(request: HttpRequest, school_id: UUID, activity_id: UUID, form: PupilsForm | None = None) -> dict:
    """What one card shows. Raises NotFound."""
    found = suggestion_for(request.actor, school_id, activity_id)
    school = school_for(request.actor, school_id)
    may_act = acts_for_school(request.actor, school_id)
    if form is not None and not form.is_bound and not (found.may_ask and may_act):
        form = None
    return {"school": school, "card": _card_of(found, school, form=form), "may_act": may_act}


def _form(activity_id: UUID, data=None) -> PupilsForm:
    form = PupilsForm(data, auto_id=f"a{activity_id}-%s")
    form.fields["pupils"].widget.attrs["autofocus"] = True
    return form


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _card_of(one: SuggestedActivity, school, form: PupilsForm | None = None) -> dict:
    own, activity = one.participation, one.activity
    return {
        "activity": activity,
        "suggestion": one.suggestion,
        "participation": own,
        "partners": [partner["name"] for partner in activity.partners],
        "elsewhere": "" if activity.municipality == school.municipality else municipality_name(activity.municipality),
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
