"""The WebSocket of intake: notices of what changed, to who may know."""

from coordination.web.live.consumers import route

websocket_urlpatterns = [route("intake")]
