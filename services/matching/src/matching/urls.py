"""All addresses of matching: its API and its pages."""

from django.urls import include, path

from coordination.web.api.urls import service_api
from matching.api.addresses import API

urlpatterns = [
    *service_api("matching", API),
    path("", include("matching.pages.urls")),
]
