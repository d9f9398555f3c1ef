"""Fields and shapes of the API: lower camelCase outside, strict about amounts, and nothing unknown passes silently."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.settings import api_settings

from coordination.contracts.periods import is_school_year
from coordination.web.api.names import camel, camel_keys, snake

__all__ = [
    "AMOUNT_LIMIT",
    "CamelSerializer",
    "CentsField",
    "DayField",
    "IdField",
    "SchoolYearField",
    "TextField",
    "WholeNumberField",
    "YesNoField",
    "camel",
    "camel_keys",
    "snake",
]

AMOUNT_LIMIT = 10**13
LARGEST_NUMBER = 2**31 - 1


class _Named(serializers.ValidationError):
    """Problems that have their outside names already."""


class CamelSerializer(serializers.Serializer):
    """Declares snake_case fields, speaks lower camelCase, and refuses what it does not know by name."""

    default_error_messages = {"not-an-object": "Stuur een object met velden."}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Read camelCase JSON; all problems at once, under their outside names."""
        if not isinstance(data, dict):
            raise serializers.ValidationError(
                {api_settings.NON_FIELD_ERRORS_KEY: [self.error_messages["not-an-object"]]}, code="not-an-object"
            )
        known = {camel(name): name for name, field in self.fields.items() if not field.read_only}
        problems: dict[str, Any] = {
            name: [serializers.ErrorDetail("Dit veld kennen we niet. Haal het weg.", code="unknown-field")]
            for name in data
            if name not in known
        }
        inside = {known[name]: value for name, value in data.items() if name in known}
        values: dict[str, Any] = {}
        try:
            values = super().to_internal_value(inside)
        except serializers.ValidationError as fault:
            problems |= self._outside(fault.detail)
        if problems:
            raise _Named(problems)
        return values

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """As usual; what the shape as a whole refuses is also told under outside names."""
        try:
            return super().run_validation(data)
        except _Named:
            raise
        except serializers.ValidationError as fault:
            raise serializers.ValidationError(self._outside(fault.detail)) from None

    def _outside(self, details: Any) -> Any:
        if not isinstance(details, dict):
            return details
        return {camel(name) if name in self.fields else name: detail for name, detail in details.items()}

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Write camelCase JSON."""
        return {camel(name): value for name, value in super().to_representation(instance).items()}


class _Whole(serializers.Field):
    """A JSON whole number: no decimals, no text, no true or false."""

    def __init__(self, *, min_value: int, max_value: int, **named: Any) -> None:
        super().__init__(**named)
        self.min_value, self.max_value = min_value, max_value

    def to_internal_value(self, data: Any) -> int:
        """Check that it is a whole number within the limits."""
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        if data < self.min_value:
            self.fail("too-small", limit=self.min_value)
        if data > self.max_value:
            self.fail("too-large", limit=self.max_value)
        return data

    def to_representation(self, value: int) -> int:
        """As it is."""
        return value


@extend_schema_field({"type": "integer", "format": "int64", "minimum": -AMOUNT_LIMIT, "maximum": AMOUNT_LIMIT})
class CentsField(_Whole):
    """A whole number of euro cents, at most a hundred milliard euros either way."""

    default_error_messages = {
        "invalid": "Geef het bedrag als geheel aantal eurocenten, zoals 1250 voor € 12,50.",
        "too-small": "Dit bedrag is te groot om waar te zijn. Controleer het aantal nullen.",
        "too-large": "Dit bedrag is te groot om waar te zijn. Controleer het aantal nullen.",
    }

    def __init__(self, **named: Any) -> None:
        super().__init__(min_value=-AMOUNT_LIMIT, max_value=AMOUNT_LIMIT, **named)


@extend_schema_field({"type": "integer"})
class WholeNumberField(_Whole):
    """A count, such as of pupils or places; from 0 up to what a database holds unless told otherwise."""

    default_error_messages = {
        "invalid": "Geef een geheel getal.",
        "too-small": "Geef een getal van ten minste {limit}.",
        "too-large": "Geef een getal van ten hoogste {limit}.",
    }

    def __init__(self, *, min_value: int = 0, max_value: int = LARGEST_NUMBER, **named: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **named)


@extend_schema_field({"type": "string", "pattern": "^\\d{4}-\\d{4}$", "example": "2021-2022"})
class SchoolYearField(serializers.CharField):
    """A school year written 2021-2022."""

    default_error_messages = {"school-year": "Schrijf een schooljaar als 2021-2022."}

    def to_internal_value(self, data: Any) -> str:
        """Check the form; whether the programme has it is for the command to say."""
        text = super().to_internal_value(data)
        if not is_school_year(text):
            self.fail("school-year")
        return text


class IdField(serializers.UUIDField):
    """An id: a UUID written as text, never a number."""

    default_error_messages = {"invalid": "Geef een id, zoals 0192f000-0000-7000-8000-000000000001."}

    def to_internal_value(self, data: Any) -> UUID:
        """Check the form; whether there is such a thing is for the command to say."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class DayField(serializers.DateField):
    """A day written 2025-01-14."""

    default_error_messages = {
        "invalid": "Schrijf de datum als 2025-01-14.",
        "datetime": "Schrijf de datum als 2025-01-14, zonder tijd.",
    }


class YesNoField(serializers.BooleanField):
    """true or false, and no word or number that may mean it."""

    default_error_messages = {"invalid": "Geef true of false."}

    def to_internal_value(self, data: Any) -> bool:
        """Check that it is one of the two."""
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class TextField(serializers.CharField):
    """Text of people: control characters are refused, the rest is kept as it is, emoji and right-to-left included."""

    default_error_messages = {
        "invalid": "Geef hier tekst, tussen aanhalingstekens.",
        "control": "Deze tekst bevat tekens die geen tekst zijn. Typ hem opnieuw.",
    }

    def to_internal_value(self, data: Any) -> str:
        """Check that it is text, without control characters other than line ends and tabs."""
        if not isinstance(data, str):
            self.fail("invalid")
        text = super().to_internal_value(data)
        if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text):
            self.fail("control")
        return text
