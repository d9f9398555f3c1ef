"""Splits a cell with a list: names and labels by comma, codes also by slash; says when another separator was used."""

import re
from collections.abc import Callable

_BRIN = re.compile(r"\d{2}[A-Z]{2}(?:\d{2})?")


def split_names(text: str) -> tuple[list[str], list[str]]:
    """The parts of a list of names or labels, and the notes. A slash belongs to a name (ho/mbo)."""
    return _split(text, r"[,\n;|•]", r"[\n;|•]")


def split_codes(text: str, is_word: Callable[[str], bool] = lambda text: False) -> tuple[list[str], list[str]]:
    """The parts of a list of codes, and the notes; a part that is a word as it stands is not split further."""
    parts, notes = split_names(text)
    found: list[str] = []
    for part in parts:
        if ("/" in part or "+" in part or "&" in part) and not is_word(part):
            found += [one.strip() for one in re.split(r"[/+&]", part) if one.strip()]
            notes.append("list-separator")
            continue
        found.append(part)
    return found, list(dict.fromkeys(notes))


def split_brin(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The BRIN codes of a cell as (as written, normalised), and the notes."""
    parts, notes = split_codes(text)
    found: list[tuple[str, str]] = []
    for part in parts:
        words = part.upper().split()
        if len(words) > 1 and all(_BRIN.fullmatch(word) for word in words):
            found += [(word, word) for word in words]
            notes.append("list-separator")
            continue
        code = re.sub(r"[\s.\-]", "", part).upper()
        if _BRIN.fullmatch(code):
            if code != part:
                notes.append("brin-normalised")
            found.append((part, code))
        else:
            found.append((part, part))
    return found, list(dict.fromkeys(notes))


def is_brin(code: str) -> bool:
    """Whether a text has the form of a school's code, of four or six characters."""
    return bool(_BRIN.fullmatch(code))


def _split(text: str, pattern: str, unusual: str) -> tuple[list[str], list[str]]:
    notes = []
    pieces = re.split(pattern, text)
    parts = [piece.strip() for piece in pieces]
    if any(piece != piece.rstrip(" ") for piece in pieces):
        notes.append("whitespace-trimmed")
    if re.search(unusual, text):
        notes.append("list-separator")
    return list(dict.fromkeys(part for part in parts if part)), notes
