"""The ASGI application of the embedded form; its lifespan starts and stops the relays and consumers."""

import asyncio
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vierspan.settings")

import django

django.setup()

from functools import partial
from importlib import import_module

from coordination.events.interpreter import AMONG_REQUESTS, collect_less_often
from coordination.web.live.asgi import live_application
from coordination.web.live.loop import keep
from django.conf import settings

from vierspan import example, world
from vierspan.engine import ENGINE

_live_and_pages = live_application(
    [pattern for service in settings.SERVICES for pattern in import_module(f"{service}.live").websocket_urlpatterns]
)


async def application(scope, receive, send):
    """Pages, API and live notices; and the start and clean stop of the whole house."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    else:
        await _live_and_pages(scope, receive, send)


async def _lifespan(receive, send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            keep(asyncio.get_running_loop())
            collect_less_often(AMONG_REQUESTS)
            ENGINE.start()
            present = world.found(settings.VIERSPAN_DATA_FOLDER)
            if present is not None:
                ENGINE.also("example", partial(example.load, present))
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            clean = await asyncio.to_thread(ENGINE.stop)
            reply = {"type": "lifespan.shutdown.complete"}
            if not clean:
                reply = {"type": "lifespan.shutdown.failed", "message": "niet alles stopte op tijd"}
            await send(reply)
            return
