"""The Kafka binding of CloudEvents: attributes repeated as ce_ headers; both modes accepted when reading."""

import base64
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from coordination.contracts.envelope import MEDIA_TYPE

STRUCTURED = "application/cloudevents"
PREFIX = "ce_"
# What our own messages say: nearly all that come.
OURS = ("content-type", MEDIA_TYPE.encode())
NAMES = tuple(f"{PREFIX}{one}" for one in ("specversion", "id", "source", "type", "subject", "time", "traceparent"))


class _Attributes(msgspec.Struct):
    """The attributes that are repeated; what a message has besides is passed over."""

    specversion: str = ""
    id: str = ""
    source: str = ""
    type: str = ""
    subject: str = ""
    time: str = ""
    traceparent: str = ""


_decoder = msgspec.json.Decoder(_Attributes)


def headers_of(value: bytes, given: tuple[tuple[str, str], ...]) -> list[tuple[str, bytes]]:
    """The headers of a message to send: those given and, when they say it is a CloudEvent, its attributes."""
    headers, repeats = _as_sent(given)
    if not repeats:
        return list(headers)
    said = _decoder.decode(value)
    texts = (said.specversion, said.id, said.source, said.type, said.subject, said.time, said.traceparent)
    return [*headers, *[(name, text.encode()) for name, text in zip(NAMES, texts, strict=True) if text]]


@lru_cache(maxsize=16)
def _as_sent(given: tuple[tuple[str, str], ...]) -> tuple[tuple[tuple[str, bytes], ...], bool]:
    """The headers given, and whether they say that attributes are repeated; it is the same for nearly all messages."""
    repeats = any(name.lower() == "content-type" and text.lower().startswith(STRUCTURED) for name, text in given)
    return tuple((name, text.encode()) for name, text in given), repeats


def structured(value: bytes | None, headers: Iterable[tuple[str, bytes | None]]) -> bytes:
    """The value of a record in structured mode; one in binary mode is put into that form.

    A record that is neither comes as it is, for its reader to refuse.
    """
    value = value or b""
    headers = tuple(headers)
    if (OURS in headers) and value:
        return value
    texts = {name.lower(): (content or b"").decode(errors="replace") for name, content in headers}
    media_type = texts.get("content-type", "")
    if media_type.lower().startswith(STRUCTURED) or f"{PREFIX}specversion" not in texts:
        return value
    attributes: dict[str, Any] = {
        name.removeprefix(PREFIX): text for name, text in texts.items() if name.startswith(PREFIX)
    }
    if media_type:
        attributes["datacontenttype"] = media_type
    return msgspec.json.encode(attributes | _data(value, media_type))


def _data(value: bytes, media_type: str) -> dict[str, Any]:
    if not value:
        return {}
    kind = media_type.partition(";")[0].strip().lower()
    if not kind or kind.endswith(("/json", "+json")):
        try:
            return {"data": msgspec.json.decode(value)}
        except msgspec.DecodeError:
            pass
    return {"data_base64": base64.b64encode(value).decode()}
