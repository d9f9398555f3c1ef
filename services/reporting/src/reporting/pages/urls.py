"""The addresses of reporting's pages."""

from django.urls import path

from reporting.pages import council

PAGE = "reporting/council/<str:code>"
SNAPSHOT = f"{PAGE}/snapshots/<uuid:snapshot_id>"

urlpatterns = [
    path("reporting/", council.start, name="reporting-start"),
    path(PAGE, council.council, name="reporting-council"),
    path(f"{PAGE}/lines", council.lines, name="reporting-lines"),
    path(f"{PAGE}/export.csv", council.download, {"kind": "csv"}, name="reporting-export-csv"),
    path(f"{PAGE}/export.xlsx", council.download, {"kind": "xlsx"}, name="reporting-export-xlsx"),
    path(f"{PAGE}/snapshots", council.freeze, name="reporting-snapshots"),
    path(SNAPSHOT, council.frozen, name="reporting-snapshot"),
    path(f"{SNAPSHOT}/export.csv", council.frozen_download, {"kind": "csv"}, name="reporting-snapshot-csv"),
    path(f"{SNAPSHOT}/export.xlsx", council.frozen_download, {"kind": "xlsx"}, name="reporting-snapshot-xlsx"),
]
