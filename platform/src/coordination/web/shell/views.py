"""Pages of the shell itself: when something is not there, may not, or broke; and the small print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.translation import gettext as _

from coordination.identity.permissions import signed_in
from coordination.web.shell.context import menu_of

PAPERS = {
    "toegankelijkheid": "shell/papers/accessibility.html",
    "privacy": "shell/papers/privacy.html",
    "woordenlijst": "shell/papers/words.html",
    "vraag": "shell/papers/question.html",
}


def paper(request: HttpRequest, name: str) -> HttpResponse:
    """One of the small honest pages behind the links at the foot."""
    return render(request, PAPERS[name])


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The start of a process in which no service has one: the first page of one's menu, else the profile."""
    menu = [item["url"] for item in menu_of(request.actor, request.path) if item["url"] != request.path]
    return redirect(menu[0] if menu else "/profiel")


def _refusal(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    context = {"refusal_title": title, "refusal_message": message, "problems": ()}
    return render(request, "shell/refusal.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read."""
    return _refusal(
        request,
        400,
        _("Het verzoek kan zo niet"),
        _("We konden dit verzoek niet lezen. Ga terug en probeer het opnieuw."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """May be seen, may not be done."""
    return _refusal(request, 403, _("Dit mag u niet doen"), _("Vraag iemand met een andere rol om dit te doen."))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing here, or not for this person."""
    return _refusal(request, 404, _("Niet gevonden"), _("Dit bestaat niet, of u mag het niet zien."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before signing in or out, or from elsewhere."""
    return _refusal(
        request, 403, _("Het formulier is verlopen"), _("Ga terug, laad de pagina opnieuw en verstuur het nog eens.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side; it was logged. Uses nothing that may be broken too."""
    return HttpResponse(loader.get_template("shell/broken.html").render({}), status=500)
