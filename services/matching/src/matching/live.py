"""The WebSocket of matching: notices of what changed, to the organisations that may know."""

from coordination.web.live.consumers import route

websocket_urlpatterns = [route("matching")]
