"""All addresses of intake: its API, the downloads of its grid, and its pages."""

from django.urls import include, path

from coordination.web.api.urls import service_api
from intake.api.addresses import API
from intake.api.exports import download

urlpatterns = [
    *service_api("intake", API),
    path("intake/activities/export.csv", download, {"kind": "csv"}, name="intake-export-csv"),
    path("intake/activities/export.xlsx", download, {"kind": "xlsx"}, name="intake-export-xlsx"),
    path("", include("intake.pages.urls")),
]
