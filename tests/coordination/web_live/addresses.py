"""The WebSockets of two services, and nothing else."""

from django.urls import path

from coordination.web.api.health import live
from coordination.web.live.consumers import route

urlpatterns = [path("-/health/live", live)]
websocket_urlpatterns = [route("intake"), route("reporting")]
