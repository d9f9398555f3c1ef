"""The addresses of matching's pages."""

from django.urls import path

from matching.pages import (
    activity_requests,
    decisions,
    needs,
    organisations,
    participations,
    partners,
    requests,
    start,
    suggestions,
)

urlpatterns = [
    path("matching/", start.start, name="matching-start"),
    path("matching/needs", start.own_needs, name="matching-own-needs"),
    path("matching/needs/<uuid:school_id>", needs.needs_page, name="matching-needs"),
    path("matching/schools/<uuid:school_id>", suggestions.school_page, name="matching-school"),
    path(
        "matching/schools/<uuid:school_id>/activities/<uuid:activity_id>",
        suggestions.activity_page,
        name="matching-activity",
    ),
    path(
        "matching/schools/<uuid:school_id>/activities/<uuid:activity_id>/join", suggestions.join, name="matching-join"
    ),
    path(
        "matching/participations/<uuid:participation_id>/confirm",
        participations.confirm_participation,
        name="matching-confirm",
    ),
    path(
        "matching/participations/<uuid:participation_id>/withdraw",
        participations.withdraw_participation,
        name="matching-withdraw",
    ),
    path("matching/requests", requests.requests_page, name="matching-requests"),
    path("matching/requests/<uuid:activity_id>", activity_requests.activity_page, name="matching-activity-requests"),
    path("matching/requests/<uuid:activity_id>/places", activity_requests.set_the_places, name="matching-places"),
    path("matching/requests/<uuid:activity_id>/schools", activity_requests.record_school, name="matching-record"),
    path("matching/participations/<uuid:participation_id>/decide", decisions.decide_request, name="matching-decide"),
    path("matching/partners/<uuid:partner_id>", partners.partner_page, name="matching-partner"),
    path("matching/roles/<uuid:role_id>/decide", partners.decide_role, name="matching-role"),
    path("matching/organisations", organisations.organisations_page, name="matching-organisations"),
    path("matching/organisations/schools", organisations.paste_schools, name="matching-paste-schools"),
    path("matching/organisations/partners", organisations.add_partner, name="matching-add-partner"),
    path(
        "matching/organisations/proposals/<uuid:proposal_id>",
        organisations.decide_proposal,
        name="matching-proposal",
    ),
]
