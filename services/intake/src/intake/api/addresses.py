"""The addresses of intake's API, below /intake/api/v1/."""

from django.urls import path

from intake.api import activities, basis, entries, exports, ledger, phasings, progress, transfers, uploads

ACTIVITY = "activities/<uuid:activity_id>"
UPLOAD = "uploads/<uuid:upload_id>"

API = [
    path("activities", activities.Activities.as_view(), name="intake-api-activities"),
    path("activities/export.csv", exports.Exports.as_view(kind="csv"), name="intake-api-export-csv"),
    path("activities/export.xlsx", exports.Exports.as_view(kind="xlsx"), name="intake-api-export-xlsx"),
    path(ACTIVITY, activities.ActivityDetail.as_view(), name="intake-api-activity"),
    path(f"{ACTIVITY}/entries", entries.Entries.as_view(), name="intake-api-entries"),
    path(f"{ACTIVITY}/divisions", entries.Divisions.as_view(), name="intake-api-divisions"),
    path(f"{ACTIVITY}/phasings", phasings.Phasings.as_view(), name="intake-api-phasings"),
    path(f"{ACTIVITY}/reports", progress.Reports.as_view(), name="intake-api-reports"),
    path(f"{ACTIVITY}/lines", ledger.Lines.as_view(), name="intake-api-lines"),
    path(f"{ACTIVITY}/withdrawals", activities.Withdrawals.as_view(), name="intake-api-withdrawals"),
    path("transfers", transfers.Transfers.as_view(), name="intake-api-transfers"),
    path("uploads", uploads.Uploads.as_view(), name="intake-api-uploads"),
    path(UPLOAD, uploads.UploadDetail.as_view(), name="intake-api-upload"),
    path(f"{UPLOAD}/confirmations", uploads.Confirmations.as_view(), name="intake-api-confirmations"),
    path(f"{UPLOAD}/repairs", uploads.Repairs.as_view(), name="intake-api-repairs"),
    path(f"{UPLOAD}/proposals", uploads.Proposals.as_view(), name="intake-api-proposals"),
    path("municipalities", basis.Municipalities.as_view(), name="intake-api-municipalities"),
    path("allocations", basis.Allocations.as_view(), name="intake-api-allocations"),
    path("programmes", basis.Programmes.as_view(), name="intake-api-programmes"),
    path("catalogues", basis.Catalogues.as_view(), name="intake-api-catalogues"),
    path("catalogues/<slug:name>", basis.CatalogueDetail.as_view(), name="intake-api-catalogue"),
]
