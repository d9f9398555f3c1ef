"""The addresses of intake's pages."""

from django.urls import path

from intake.pages import administration, first_steps, grid, phasing, registering, start, why

urlpatterns = [
    path("", start.start, name="start"),
    path("intake/activities", grid.page, name="intake-grid"),
    path("intake/activities/new", registering.register, name="intake-register"),
    path("intake/activities/<uuid:activity_id>/phasing", phasing.PhasingPage.as_view(), name="intake-phasing"),
    path("intake/activities/<uuid:activity_id>/lines", why.lines, name="intake-lines"),
    path("intake/first-steps", first_steps.first_steps, name="intake-first-steps"),
    path("intake/municipalities/new", administration.new_municipality, name="intake-municipality-new"),
    path("intake/municipalities/<str:code>", administration.municipality, name="intake-municipality"),
    path(
        "intake/municipalities/<str:code>/allocations/new", administration.new_allocation, name="intake-allocation-new"
    ),
]
