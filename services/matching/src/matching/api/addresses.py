"""The addresses of matching's API, below /matching/api/v1/."""

from django.urls import path

from matching.api import needs, offers, participations, partner_roles, register, suggestions

API = [
    path("suggestions", suggestions.SuggestionList.as_view(), name="matching-api-suggestions"),
    path("participations", participations.Participations.as_view(), name="matching-api-participations"),
    path(
        "participations/<uuid:participation_id>",
        participations.ParticipationDetail.as_view(),
        name="matching-api-participation",
    ),
    path(
        "participations/<uuid:participation_id>/decisions",
        participations.Decisions.as_view(),
        name="matching-api-decisions",
    ),
    path(
        "participations/<uuid:participation_id>/confirmations",
        participations.Confirmations.as_view(),
        name="matching-api-confirmations",
    ),
    path(
        "participations/<uuid:participation_id>/withdrawals",
        participations.Withdrawals.as_view(),
        name="matching-api-withdrawals",
    ),
    path("schools", register.Schools.as_view(), name="matching-api-schools"),
    path("schools/<uuid:school_id>", register.SchoolDetail.as_view(), name="matching-api-school"),
    path("schools/<uuid:school_id>/needs", needs.Needs.as_view(), name="matching-api-needs"),
    path("partners", register.Partners.as_view(), name="matching-api-partners"),
    path("partners/<uuid:partner_id>", register.PartnerDetail.as_view(), name="matching-api-partner"),
    path("activities/<uuid:activity_id>/places", offers.Places.as_view(), name="matching-api-places"),
    path("partner-roles", partner_roles.PartnerRoles.as_view(), name="matching-api-partner-roles"),
    path(
        "partner-roles/<uuid:role_id>/decisions",
        partner_roles.RoleDecisions.as_view(),
        name="matching-api-role-decisions",
    ),
]
