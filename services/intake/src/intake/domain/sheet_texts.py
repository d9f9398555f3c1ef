"""Cleans the text of a cell and notices text that was decoded wrongly before it came here."""

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u2400]")
_HARMLESS = re.compile("[\u200b\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{2,}")


@dataclass(frozen=True, kw_only=True)
class CellText:
    """The text of a cell as it is used, with the codes of what was cleaned away."""

    text: str
    notes: tuple[str, ...] = ()


def clean(raw: str) -> CellText:
    """The text without needless blanks and invisible characters; line breaks inside stay. Never raises."""
    notes = []
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    without = _INVISIBLE.sub("", text)
    if without != _HARMLESS.sub("", text):
        notes.append("nul-bytes")
    trimmed = "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in without.strip().split("\n"))
    if trimmed != without:
        notes.append("whitespace-trimmed")
    return CellText(text=unicodedata.normalize("NFC", trimmed), notes=tuple(notes))


def key_of(text: str) -> str:
    """How two texts are compared: without regard to case, blanks, kinds of dash and quotes."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‐‑‒–—―−]", "-", text)
    text = re.sub(r"[‘’`´]", "'", text)
    return " ".join(text.split())


def _byte_of(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _decoded_again(run: re.Match[str]) -> str:
    try:
        return b"".join(_byte_of(one) for one in run[0]).decode("utf-8")
    except UnicodeError:
        return run[0]


def mended(text: str) -> str | None:
    """The words of a text that were UTF-8 read as Windows-1252, as they were meant; None when there are none."""
    better = _BEYOND_ASCII.sub(_decoded_again, text)
    if better == text:
        return None
    pairs = zip(text.split(" "), better.split(" "), strict=False)
    words = [new.strip(",.;:!?\"'()") for old, new in pairs if old != new]
    return ", ".join(dict.fromkeys(words)) or None
