"""All addresses of reporting: its API and its pages."""

from django.urls import include, path

from coordination.web.api.urls import service_api
from reporting.api.addresses import API

urlpatterns = [
    *service_api("reporting", API),
    path("", include("reporting.pages.urls")),
]
