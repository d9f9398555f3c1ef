"""The addresses of identity where a provider owns the accounts: no password is chosen, changed or asked for here."""

from django.conf import settings
from django.urls import path

from coordination.identity import pages, people_pages
from coordination.identity.provider import arriving, first, invited, leaving

DOOR = settings.VIERSPAN_DOOR
"""How the addresses of signing in begin, so that each service has its own behind one proxy: empty or <service>/."""

urlpatterns = [
    path(f"{DOOR}inloggen", arriving.ToProvider.as_view(), name="sign-in"),
    path(f"{DOOR}inloggen/terug", arriving.FromProvider.as_view(), name="sign-in-back"),
    path(f"{DOOR}uitloggen", leaving.sign_out, name="sign-out"),
    path(f"{DOOR}uitloggen/melding", leaving.told, name="sign-out-told"),
    path("uitgelogd", leaving.signed_out, name="signed-out"),
    path("eerste-beheerder/<str:word>", first.first_administrator, name="first-administrator"),
    path("profiel", pages.profile, name="profile"),
    path("accounts", people_pages.people, name="accounts"),
    path("accounts/new", invited.invitation, name="account-new"),
    path("accounts/<uuid:account_id>", people_pages.person, name="account"),
    path("accounts/<uuid:account_id>/roles", people_pages.roles, name="account-roles"),
    path("accounts/<uuid:account_id>/subject", invited.release, name="account-subject"),
    path("accounts/<uuid:account_id>/closing", people_pages.closing, name="account-closing"),
]
