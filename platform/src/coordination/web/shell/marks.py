"""The marks of the shell: for each status, participation and reason its word and its shape."""

from django.utils.translation import gettext_noop

STATUSES = {
    "draft": (
        gettext_noop("Concept"),
        '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2" stroke-dasharray="2.4 2.4"/>',
    ),
    "decided": (gettext_noop("Vastgesteld"), '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2"/>'),
    "running": (
        gettext_noop("In uitvoering"),
        '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2"/><path d="M8 2a6 6 0 0 1 0 12z" class="vs-ink"/>',
    ),
    "delayed": (
        gettext_noop("Vertraagd"),
        '<path d="M8 1 15.5 15H.5z" class="vs-ink"/><path d="M8 6v4M8 12v1" stroke="#fff" stroke-width="1.6"/>',
    ),
    "completed": (
        gettext_noop("Afgerond"),
        '<circle cx="8" cy="8" r="7" class="vs-ink"/>'
        '<path d="m4.5 8 2.5 2.5 4.5-5" fill="none" stroke="#fff" stroke-width="2"/>',
    ),
    "stopped": (gettext_noop("Gestopt"), '<rect x="2" y="2" width="12" height="12" class="vs-ink"/>'),
    "withdrawn": (gettext_noop("Ingetrokken"), '<path d="M2 8h12" stroke-width="2.5"/>'),
}
PARTICIPATIONS = {
    "joined": (gettext_noop("Doet mee"), STATUSES["completed"][1]),
    "requested": (
        gettext_noop("Aangevraagd"),
        '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2"/>'
        '<path d="M8 4.5V8l2.5 2" fill="none" stroke-width="1.6"/>',
    ),
    "waiting": (gettext_noop("Wachtlijst"), '<path d="M3 1h10L9 8l4 7H3l4-7z" class="vs-ink"/>'),
    "declined": (
        gettext_noop("Afgewezen"),
        '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2"/><path d="m4 12 8-8" stroke-width="2"/>',
    ),
    "withdrawn": (gettext_noop("Ingetrokken"), STATUSES["withdrawn"][1]),
    "named": (gettext_noop("Nog niet bevestigd"), STATUSES["decided"][1]),
    "confirmed": (gettext_noop("Bevestigd"), STATUSES["completed"][1]),
}

REASON_SIGNS = {
    "fits": (gettext_noop("Past:"), '<path d="m2 9 4 4 8-10" stroke-width="2.5"/>'),
    "attention": (gettext_noop("Let op:"), STATUSES["delayed"][1]),
    "unknown": (
        gettext_noop("Niet bekend:"),
        '<circle cx="8" cy="8" r="7" stroke-width="1.5" stroke-dasharray="2.4 2"/>'
        '<path d="M6 6.3a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.3M8 11v1.2" stroke-width="1.4"/>',
    ),
}
