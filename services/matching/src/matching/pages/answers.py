"""How a refusal of a command goes back into the form it came from, and how a page or fragment is answered."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from coordination.contracts.refusals import Conflict, Invalid, Outdated, Refusal


def tell(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal beside the fields it is about; what is about no field comes above the form."""
    if isinstance(refusal, Invalid):
        for one in refusal.problems:
            form.add_error(one.field if one.field in form.fields else None, one.message)
    elif isinstance(refusal, Outdated):
        now = "geen maximum" if refusal.current is None else refusal.current
        form.add_error(None, f"{refusal.message} Er staat nu: {now}.")
    else:
        form.add_error(None, refusal.message)


def first_problem(form: forms.Form) -> str:
    """The first thing that is wrong in a form, as one sentence."""
    return next((message for messages_ in form.errors.values() for message in messages_), "")


def warn(request: HttpRequest, refusal: Conflict | Invalid) -> None:
    """Say on the next page why something was not done."""
    messages.warning(request, refusal.message)
