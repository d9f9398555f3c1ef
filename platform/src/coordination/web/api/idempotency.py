"""The same request twice is one act: same account, key and body give the same answer for seven days."""

import contextlib
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.apps import apps
from django.db import IntegrityError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.clock import recorded_now
from coordination.contracts.refusals import Conflict, problem
from coordination.events.unit_of_work import unit_of_work

KEPT = timedelta(days=7)
LONGEST_KEY = 255
KEPT_HEADERS = ("ETag", "Location")
Handler = Callable[..., Response]


def idempotent(service: str) -> Callable[[Handler], Handler]:
    """For a POST handler: with an Idempotency-Key the act and its answer are kept in one unit of work.

    The same key with another body is refused (409); a refused request is not kept, so it may be corrected and sent
    again.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def once(view: Any, request: Request, *arguments: Any, **named: Any) -> Response:
            key = request.headers.get("Idempotency-Key", "").strip()
            if not key:
                return handler(view, request, *arguments, **named)
            if len(key) > LONGEST_KEY:
                raise problem("Idempotency-Key", "key-too-long", "Kort deze sleutel in tot 255 tekens.")
            table = apps.get_model(service, "AcceptedRequest")
            account, digest = str(request.user.account_id), _digest(request)
            try:
                with unit_of_work(service):
                    table.objects.filter(accepted_at__lt=recorded_now() - KEPT).delete()
                    known = table.objects.filter(account=account, key=key).first()
                    if known is not None and known.request_hash != digest:
                        # A key that is taken is the last refusal: what the handler refuses comes first, and when it
                        # refuses nothing the whole unit is undone.
                        handler(view, request, *arguments, **named)
                    if known is not None:
                        return _again(known, digest)
                    response = handler(view, request, *arguments, **named)
                    if response.status_code < 400:
                        table.objects.create(
                            account=account,
                            key=key,
                            request_hash=digest,
                            status=response.status_code,
                            answer=_kept(response),
                            accepted_at=recorded_now(),
                        )
                    return response
            except IntegrityError:
                # Somebody else's request with this key won the race; if it was not that, the fault goes on upward.
                known = table.objects.filter(account=account, key=key).first()
                if known is None:
                    raise
                return _again(known, digest)

        return once

    return decorate


def _kept(response: Response) -> str:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    return JSONRenderer().render({"headers": headers, "body": response.data}).decode()


def _again(known: Any, digest: str) -> Response:
    if known.request_hash != digest:
        raise Conflict("Deze Idempotency-Key is al gebruikt voor een ander verzoek. Kies een nieuwe.")
    kept = json.loads(known.answer)
    return Response(kept["body"], status=known.status, headers={**kept["headers"], "Idempotency-Replayed": "true"})


def _digest(request: Request) -> str:
    """What makes two requests the same: method, address with its query, and content; JSON whatever its layout."""
    content = hashlib.sha256(f"{request.method}\n{request.get_full_path()}\n".encode())
    if request.content_type.startswith("multipart/"):
        for name in sorted(request.POST):
            content.update(json.dumps([name, request.POST.getlist(name)]).encode())
        for name, upload in sorted(request.FILES.items()):
            content.update(json.dumps([name, upload.name]).encode())
            for piece in upload.chunks():
                content.update(piece)
            upload.seek(0)
        return content.hexdigest()
    # The raw body, so that what cannot be read is refused by the handler, in its own order.
    raw = request._request.body
    with contextlib.suppress(ValueError, RecursionError):
        raw = json.dumps(json.loads(raw), sort_keys=True).encode()
    content.update(raw)
    return content.hexdigest()
