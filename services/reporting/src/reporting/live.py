"""The WebSocket of reporting: notices that figures changed, to the organisations that may know."""

from coordination.web.live.consumers import route

websocket_urlpatterns = [route("reporting")]
