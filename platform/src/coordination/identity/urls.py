"""The addresses of identity."""

from django.urls import path

from coordination.identity import pages, welcome

urlpatterns = [
    path("inloggen", pages.sign_in, name="sign-in"),
    path("uitloggen", pages.sign_out, name="sign-out"),
    path("profiel", pages.profile, name="profile"),
    path("profiel/wachtwoord", pages.change_password, name="change-password"),
    path("eerste-beheerder/<str:word>", welcome.first_administrator, name="first-administrator"),
    path("welkom/<str:word>", welcome.welcome, name="welcome"),
]
