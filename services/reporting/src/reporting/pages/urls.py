"""The addresses of reporting's pages."""

urlpatterns = []
