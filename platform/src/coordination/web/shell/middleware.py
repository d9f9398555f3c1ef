"""A refusal inside a page becomes a page that says what to do, with the right status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coordination.contracts.refusals import Invalid, Refusal
from coordination.identity.actor import NotAllowed


class RefusalPageMiddleware:
    """Turns what commands and queries refuse into a plain Dutch page; the API has its own way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse text that no database can keep, and pass everything else on."""
        if "\x00" in request.path or "\x00" in request.META.get("QUERY_STRING", "") or "%00" in request.get_full_path():
            return _page(request, 400, "Het verzoek kan zo niet", "In het adres staan tekens die geen tekst zijn.")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A refusal becomes a page; any other fault goes on upward."""
        if isinstance(fault, Refusal):
            problems = fault.problems if isinstance(fault, Invalid) else ()
            return _page(request, fault.status, fault.title, fault.message, problems)
        if isinstance(fault, NotAllowed):
            return _page(request, 403, "Dit mag u niet doen", str(fault))
        return None


def _page(request: HttpRequest, status: int, title: str, message: str, problems=()) -> HttpResponse:
    context = {"refusal_title": title, "refusal_message": message, "problems": problems}
    return render(request, "shell/refusal.html", context, status=status)
