"""What the list of a school's projects shows, on the page and in the fragments that keep it up to date."""

from uuid import UUID

from django import forms
from django.http import HttpRequest

from matching.domain.who_may import acts_for_school
from matching.pages.forms import ConfirmForm, WithdrawForm
from matching.queries.participations import Project, projects_of

BoundForms = dict[UUID, forms.Form]


def project_context(request: HttpRequest, school_id: UUID, *, bound: BoundForms | None = None) -> dict:
    """The projects of a school with the forms beside them; bound keeps what was typed. Raises NotFound."""
    return {
        "projects": [_shown(one, bound or {}) for one in projects_of(request.actor, school_id)],
        "school_id": school_id,
        "may_act": acts_for_school(request.actor, school_id),
    }


def _shown(project: Project, bound: BoundForms) -> dict:
    key = project.participation.pk
    typed = bound.get(key)
    confirm = ConfirmForm(auto_id=f"bevestig-{key}-%s", initial={"pupils": project.participation.pupils})
    return {
        "project": project,
        "confirm_form": typed if isinstance(typed, ConfirmForm) else confirm,
        "withdraw_form": typed if isinstance(typed, WithdrawForm) else WithdrawForm(auto_id=f"stop-{key}-%s"),
        "is_stopping": isinstance(typed, WithdrawForm),
    }
