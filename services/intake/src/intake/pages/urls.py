"""The addresses of intake's pages."""

from django.urls import path

from intake.pages import (
    activity,
    administration,
    changing,
    dividing,
    entries,
    first_steps,
    grid,
    phasing,
    registering,
    reports,
    start,
    transfers,
    uploads,
    why,
    why_total,
    withdrawing,
)

urlpatterns = [
    path("", start.start, name="start"),
    path("intake/activities", grid.page, name="intake-grid"),
    path("intake/activities/new", registering.register, name="intake-register"),
    path("intake/activities/<uuid:activity_id>/phasing", phasing.PhasingPage.as_view(), name="intake-phasing"),
    path("intake/activities/<uuid:activity_id>", activity.activity, name="intake-activity"),
    path("intake/activities/<uuid:activity_id>/entries/new", entries.EntryPage.as_view(), name="intake-entry"),
    path("intake/activities/<uuid:activity_id>/divide", dividing.DivisionPage.as_view(), name="intake-divide"),
    path("intake/activities/<uuid:activity_id>/report", reports.ReportPage.as_view(), name="intake-report"),
    path("intake/activities/<uuid:activity_id>/change", changing.ChangePage.as_view(), name="intake-change"),
    path("intake/activities/<uuid:activity_id>/withdraw", withdrawing.WithdrawalPage.as_view(), name="intake-withdraw"),
    path("intake/activities/<uuid:activity_id>/transfer", transfers.TransferPage.as_view(), name="intake-transfer"),
    path("intake/activities/<uuid:activity_id>/lines", why.lines, name="intake-lines"),
    path("intake/lines", why_total.total_lines, name="intake-total-lines"),
    path("intake/uploads", uploads.uploads, name="intake-uploads"),
    path("intake/uploads/<uuid:upload_id>", uploads.upload, name="intake-upload"),
    path("intake/first-steps", first_steps.first_steps, name="intake-first-steps"),
    path("intake/municipalities/new", administration.new_municipality, name="intake-municipality-new"),
    path("intake/municipalities/<str:code>", administration.municipality, name="intake-municipality"),
    path(
        "intake/municipalities/<str:code>/allocations/new", administration.new_allocation, name="intake-allocation-new"
    ),
]
