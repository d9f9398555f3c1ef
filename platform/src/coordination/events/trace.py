"""The trace of the W3C that follows one act through all services: `00-<trace>-<part>-<flags>`, as traceparent."""

import re
import secrets

SHAPE = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})", re.ASCII)
NOTHING = ("0" * 32, "0" * 16)


def continued(given: str) -> str:
    """The same trace for a part of our own, when what was given is a decent one; else a new one."""
    found = SHAPE.fullmatch(kept(given))
    trace, flags = (found[1], found[3]) if found else (secrets.token_hex(16), "00")
    return f"00-{trace}-{secrets.token_hex(8)}-{flags}"


def kept(given: object) -> str:
    """What was given when it is a trace, else nothing: an ornament that is wrong is no reason to refuse anything."""
    found = SHAPE.fullmatch(given) if isinstance(given, str) else None
    if found is None or given[:2] == "ff" or found[1] == NOTHING[0] or found[2] == NOTHING[1]:
        return ""
    return given


def trace_id(traceparent: str) -> str:
    """The id under which all lines about one act are found; empty when there is none."""
    return traceparent[3:35]
