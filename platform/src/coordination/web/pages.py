"""Pages and API over ASGI: each request from begin to end in one thread of a fixed crew."""

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http import FileResponse, HttpResponseBase
from django.urls import set_script_prefix

CREW = 16


class InOneThread(ASGIHandler):
    """Django's own handler, but for where the work is done.

    All our views and most middleware are synchronous. Django then goes to and fro between the loop and a new thread
    per request, which also opens its databases anew each time.
    """

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._crew = ThreadPoolExecutor(CREW, thread_name_prefix="page")

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one request. What the work sets in its context, no other request sees."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        around = contextvars.copy_context()
        with body:
            response = await loop.run_in_executor(self._crew, around.run, self._answered, scope, body)
            try:
                await self.send_response(response, send)
            finally:
                if response.streaming:
                    await loop.run_in_executor(self._crew, around.run, response.close)

    def _answered(self, scope: dict[str, Any], body: Any) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        request, refusal = self.create_request(scope, body)
        response = self.get_response(request) if request is not None else refusal
        response._handler_class = type(self)
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            # All of it is there, so that this thread can be done with it before it is sent.
            response.close()
        return response
