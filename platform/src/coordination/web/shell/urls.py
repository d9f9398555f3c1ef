"""The addresses of the shell."""

from django.urls import include, path

from coordination.web.shell import views

urlpatterns = [
    path("taal/", include("django.conf.urls.i18n")),
    *[path(name, views.paper, {"name": name}, name=f"paper-{name}") for name in views.PAPERS],
]
