"""Which texts intake takes: any script and any emoji, but nothing that a screen or a file cannot carry."""

import unicodedata

from coordination.contracts.refusals import Problem

_KEPT = {"\n", "\r", "\t"}


def cleaned(text: object) -> str:
    """A one-line text without white space around it and with single spaces; anything but text becomes empty."""
    return " ".join(text.replace("\u00a0", " ").split()) if isinstance(text, str) else ""


def text_problems(field: str, label: str, text: object, *, most: int, required: bool = False) -> list[Problem]:
    """What is wrong with a text; label is its Dutch name with which the message begins."""
    if text is None or (isinstance(text, str) and _is_blank(text)):
        message = f"{label} is verplicht. Vul dit in."
        return [Problem(field=field, code="required", message=message)] if required else []
    if not isinstance(text, str):
        return [Problem(field=field, code="text-invalid", message=f"{label} moet tekst zijn.")]
    if any((ord(sign) < 32 and sign not in _KEPT) or 0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        message = f"{label} bevat een teken dat niet kan. Typ de tekst opnieuw."
        return [Problem(field=field, code="text-control-character", message=message)]
    if len(text) > most:
        message = f"{label} is te lang: {len(text)} tekens. Gebruik er hoogstens {most}."
        return [Problem(field=field, code="text-too-long", message=message)]
    return []


def _is_blank(text: str) -> bool:
    """Whether nobody would see anything: white space, and signs that only say how others are written."""
    return all(sign.isspace() or unicodedata.category(sign) == "Cf" for sign in text)
