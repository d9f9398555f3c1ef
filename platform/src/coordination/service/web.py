"""The ASGI application of one service standing alone."""

import asyncio
from importlib import import_module


def application_of(service: str):
    """Pages, API and live notices of one service; keeps the server's loop so that threads can reach browsers."""
    import django

    django.setup()
    from django.conf import settings
    from django.utils.module_loading import import_string

    from coordination.events.interpreter import AMONG_REQUESTS, collect_less_often
    from coordination.web.live.asgi import live_application
    from coordination.web.live.loop import keep

    pages_and_live = live_application(import_module(f"{service}.live").websocket_urlpatterns)

    async def application(scope, receive, send):
        if scope["type"] != "lifespan":
            await pages_and_live(scope, receive, send)
            return
        beside: list[asyncio.Task[None]] = []
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                keep(asyncio.get_running_loop())
                collect_less_often(AMONG_REQUESTS)
                beside = [asyncio.create_task(import_string(name)()) for name in settings.VIERSPAN_BESIDE_WEB]
            else:
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    return application
