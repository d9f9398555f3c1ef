"""Reading JSON that can be kept: what no database can hold is refused before anything looks at it."""

import math
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class NotKeepable(ParseError):
    """Readable as JSON, but holding a text or number that cannot be kept."""

    default_detail = "In de inhoud staan tekens of getallen die we niet kunnen bewaren, zoals NUL."
    default_code = "not-keepable"


class StrictJSONParser(JSONParser):
    """JSON without NUL characters, halves of characters, endless numbers or bottomless nesting."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None):
        """The values. Raises ParseError with a Dutch sentence."""
        try:
            values = super().parse(stream, media_type, parser_context)
            _check(values)
        except NotKeepable:
            raise
        except ParseError:
            raise ParseError("De inhoud is geen geldige JSON.", code="not-json") from None
        except RecursionError:
            raise ParseError("De inhoud is te diep genest.", code="too-deep") from None
        return values


def _check(value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise NotKeepable()
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise NotKeepable()
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check(name)
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
