"""All addresses of a process: health, identity, the shell, and those of each service in it."""

from django.conf import settings
from django.urls import include, path

from coordination.web.mending.urls import service_messages
from coordination.web.shell.views import home

urlpatterns = [
    path("-/health/", include("coordination.web.api.health")),
    path("", include(settings.VIERSPAN_IDENTITY_ADDRESSES)),
    path("", include("coordination.web.shell.urls")),
    *[path("", include(service_messages(service))) for service in settings.SERVICES],
    *[path("", include(f"{service}.urls")) for service in settings.SERVICES],
    path("", home),
]

handler400 = "coordination.web.shell.views.bad_request"
handler403 = "coordination.web.shell.views.permission_denied"
handler404 = "coordination.web.shell.views.page_not_found"
handler500 = "coordination.web.shell.views.server_error"
