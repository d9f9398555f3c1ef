"""Showing a page, or the one fragment of it that a live page asks for again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragments: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or with ?fragment=<name> only the template that fragments names for it.

    The same fragment template is included by the page, so both always show the same.
    """
    wanted = request.GET.get("fragment", "")
    chosen = (fragments or {}).get(wanted, template)
    answer = render(request, chosen, context or {}, status=status)
    answer["Vary"] = "HX-Request, Cookie"
    answer["Cache-Control"] = "no-store"
    return answer
