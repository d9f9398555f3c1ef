"""The addresses of reporting's API, below /reporting/api/v1/."""

from django.urls import path

from reporting.api import exports, municipalities, snapshots

ONE = "municipalities/<str:code>"

API = [
    path("municipalities", municipalities.Municipalities.as_view(), name="reporting-api-municipalities"),
    path(f"{ONE}/summary", municipalities.SummaryOfOne.as_view(), name="reporting-api-summary"),
    path(f"{ONE}/changes", municipalities.Changes.as_view(), name="reporting-api-changes"),
    path(f"{ONE}/schools", municipalities.Participants.as_view(), name="reporting-api-schools"),
    path(f"{ONE}/export.csv", exports.Exports.as_view(kind="csv"), name="reporting-api-export-csv"),
    path(f"{ONE}/export.xlsx", exports.Exports.as_view(kind="xlsx"), name="reporting-api-export-xlsx"),
    path(f"{ONE}/snapshots", snapshots.Snapshots.as_view(), name="reporting-api-snapshots"),
    path(f"{ONE}/snapshots/<uuid:snapshot_id>", snapshots.SnapshotOfOne.as_view(), name="reporting-api-snapshot"),
]
