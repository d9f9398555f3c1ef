"""Identity and the shell, and doors that refuse in each way."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from coordination.contracts.refusals import Conflict, Invalid, NotFound, Problem
from coordination.identity.actor import NotAllowed
from coordination.web.shell.page import show

REFUSALS = {
    "conflict": Conflict("Dit is al gedaan."),
    "missing": NotFound(),
    "forbidden": NotAllowed("Alleen een budgethouder mag dit."),
    "invalid": Invalid(
        [
            Problem(field="a", code="empty", message="Vul een titel in."),
            Problem(field="b", code="empty", message="Vul een totaal in."),
        ]
    ),
}


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    """Refuse in that way."""
    raise REFUSALS[kind]


def themed(request: HttpRequest) -> HttpResponse:
    """A page about another municipality than one's own."""
    request.theme = "heather"
    return show(request, "shell/papers/words.html", fragments={"styles": "shell/styles.html"})


def break_down(request: HttpRequest) -> HttpResponse:
    """A fault of our own."""
    raise RuntimeError("a secret detail")


urlpatterns = [
    path("", include("coordination.identity.urls")),
    path("", include("coordination.web.shell.urls")),
    path("refuse/<str:kind>", refuse),
    path("themed", themed),
    path("broken", break_down),
]

handler400 = "coordination.web.shell.views.bad_request"
handler403 = "coordination.web.shell.views.permission_denied"
handler404 = "coordination.web.shell.views.page_not_found"
handler500 = "coordination.web.shell.views.server_error"
