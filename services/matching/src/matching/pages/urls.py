"""The addresses of matching's pages."""

urlpatterns = []
