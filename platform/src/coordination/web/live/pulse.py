"""Feels whether Redis is still the one it was: what was told while it was away has reached nobody.

After such a time all sockets are closed; a browser opens a new one by itself and then asks again for what it shows.
"""

import asyncio

import structlog
from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from coordination.web.live.consumers import close_all

EVERY = 1.0
PATIENCE = 5.0

_log = structlog.get_logger(__name__)


async def keep() -> None:
    """Look each second until cancelled."""
    hosts = settings.CHANNEL_LAYERS["default"]["CONFIG"]["hosts"]
    clients = [Redis.from_url(host["address"], **{k: v for k, v in host.items() if k != "address"}) for host in hosts]
    known = ""
    lost = False
    try:
        while True:
            try:
                found = await asyncio.wait_for(_who_answers(clients), PATIENCE)
            except (RedisError, OSError, TimeoutError) as fault:
                if not lost:
                    _log.warning("redis_away", error=str(fault))
                lost = True
            else:
                if lost or (known and found != known):
                    _log.warning("redis_back", closed=await close_all())
                known, lost = found, False
            await asyncio.sleep(EVERY)
    finally:
        for client in clients:
            await client.aclose()


async def _who_answers(clients: list[Redis]) -> str:
    """What tells one start of each server from the next."""
    return " ".join([(await client.info("server"))["run_id"] for client in clients])
