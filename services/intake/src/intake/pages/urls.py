"""The addresses of intake's pages."""

urlpatterns = []
