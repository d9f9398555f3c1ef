"""The addresses of identity."""

from django.urls import path

from coordination.identity import pages, people_pages, welcome

urlpatterns = [
    path("inloggen", pages.sign_in, name="sign-in"),
    path("uitloggen", pages.sign_out, name="sign-out"),
    path("profiel", pages.profile, name="profile"),
    path("profiel/wachtwoord", pages.change_password, name="change-password"),
    path("eerste-beheerder/<str:word>", welcome.first_administrator, name="first-administrator"),
    path("welkom/<str:word>", welcome.welcome, name="welcome"),
    path("accounts", people_pages.people, name="accounts"),
    path("accounts/new", people_pages.invitation, name="account-new"),
    path("accounts/<uuid:account_id>", people_pages.person, name="account"),
    path("accounts/<uuid:account_id>/roles", people_pages.roles, name="account-roles"),
    path("accounts/<uuid:account_id>/link", people_pages.link, name="account-link"),
    path("accounts/<uuid:account_id>/closing", people_pages.closing, name="account-closing"),
]
