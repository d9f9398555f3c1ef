"""The language somebody chose; and a page, with the right status, for what commands and queries refuse."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coordination.contracts.refusals import Invalid, Refusal
from coordination.identity.actor import NotAllowed

TITLES = (
    gettext_noop("De gegevens kloppen niet"),
    gettext_noop("De versie ontbreekt"),
    gettext_noop("Iemand anders was u voor"),
    gettext_noop("Dit kan nu niet"),
    gettext_noop("Iemand anders heeft dit intussen gewijzigd. Uw wijziging is niet opgeslagen."),
)


class LanguageMiddleware:
    """Dutch, unless somebody chose otherwise with the button; a browser's own language says little about its reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language; machines are always answered in Dutch."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES) and "/api/" not in request.path_info
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class RefusalPageMiddleware:
    """Turns what commands and queries refuse into a plain Dutch page; the API has its own way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse text that no database can keep, and pass everything else on."""
        if "\x00" in request.path or "\x00" in request.META.get("QUERY_STRING", "") or "%00" in request.get_full_path():
            return _page(
                request, 400, _("Het verzoek kan zo niet"), _("In het adres staan tekens die geen tekst zijn.")
            )
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A refusal becomes a page; any other fault goes on upward."""
        if isinstance(fault, Refusal):
            problems = fault.problems if isinstance(fault, Invalid) else ()
            return _page(request, fault.status, _(fault.title), _(fault.message) if fault.message else "", problems)
        if isinstance(fault, NotAllowed):
            return _page(request, 403, _("Dit mag u niet doen"), str(fault))
        return None


def _page(request: HttpRequest, status: int, title: str, message: str, problems=()) -> HttpResponse:
    context = {"refusal_title": title, "refusal_message": message, "problems": problems}
    return render(request, "shell/refusal.html", context, status=status)
