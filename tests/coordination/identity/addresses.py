"""The addresses of a small process: identity, the shell, a page for who is signed in, and one door of an API."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.identity.permissions import signed_in
from coordination.web.api.urls import service_api
from coordination.web.api.views import ServiceView


@signed_in
def closed(request: HttpRequest) -> HttpResponse:
    """A page that tells who sees it."""
    return HttpResponse(request.actor.name)


def opened(request: HttpRequest) -> HttpResponse:
    """A page for all that tells who sees it."""
    return HttpResponse(repr(request.actor))


class Who(ServiceView):
    """Tells who asks."""

    def get(self, request: Request) -> Response:
        """The name and the organisations."""
        return Response({"name": self.actor.name, "audiences": list(self.actor.audiences)})

    def post(self, request: Request) -> Response:
        """Something that changes things."""
        return Response({"name": self.actor.name}, status=201)


urlpatterns = [
    path("", include("coordination.identity.urls")),
    path("", include("coordination.web.shell.urls")),
    path("", opened),
    path("besloten", closed),
    *service_api("matching", [path("who", Who.as_view())]),
]

handler404 = "coordination.web.shell.views.page_not_found"
