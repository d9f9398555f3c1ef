"""The generated sentences of the council page: each says what the figures say, and changes when they do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from coordination.contracts.money import amount_in_sentence, share_in_words
from reporting.domain.facts import Facts
from reporting.domain.splits import Part
from reporting.domain.summary import Summary

NUMBERS = [
    gettext_lazy("nul"),
    gettext_lazy("één"),
    gettext_lazy("twee"),
    gettext_lazy("drie"),
    gettext_lazy("vier"),
    gettext_lazy("vijf"),
    gettext_lazy("zes"),
    gettext_lazy("zeven"),
    gettext_lazy("acht"),
    gettext_lazy("negen"),
    gettext_lazy("tien"),
    gettext_lazy("elf"),
    gettext_lazy("twaalf"),
    gettext_lazy("dertien"),
    gettext_lazy("veertien"),
    gettext_lazy("vijftien"),
    gettext_lazy("zestien"),
    gettext_lazy("zeventien"),
    gettext_lazy("achttien"),
    gettext_lazy("negentien"),
    gettext_lazy("twintig"),
]
ORDINALS = [gettext_lazy("eerste"), gettext_lazy("tweede"), gettext_lazy("derde"), gettext_lazy("vierde")]
VERDICTS = {
    "as_planned": gettext_lazy("volgens plan"),
    "slightly_behind": gettext_lazy("iets achter"),
    "behind": gettext_lazy("achter"),
    "slightly_ahead": gettext_lazy("iets voor"),
    "ahead": gettext_lazy("voor"),
}
GROUPS = {
    "delayed": pgettext_lazy("groep", "Vertraagd"),
    "running": pgettext_lazy("groep", "In uitvoering"),
    "not_started": pgettext_lazy("groep", "Nog niet begonnen"),
    "ended": pgettext_lazy("groep", "Gestopt en afgerond"),
    "other": pgettext_lazy("groep", "Anders"),
}
SECTORS = {
    "primary-secondary": gettext_lazy("po en vo samen"),
    "primary": gettext_lazy("alleen po"),
    "secondary": gettext_lazy("alleen vo"),
    "special": gettext_lazy("alleen speciaal onderwijs"),
    "preschool": gettext_lazy("alleen voorschool"),
    "primary-special": gettext_lazy("po met speciaal onderwijs"),
    "primary-preschool": gettext_lazy("po met voorschool"),
    "secondary-special": gettext_lazy("vo met speciaal onderwijs"),
    "unknown": gettext_lazy("onderwijssoort onbekend"),
}
SECTOR_WORDS = {"primary": "po", "secondary": "vo", "special": "speciaal onderwijs", "preschool": "voorschool"}
SPLITS = {
    "shared": gettext_lazy("Gezamenlijk"),
    "one": gettext_lazy("Eén school"),
    "none": gettext_lazy("Geen school"),
    "unassigned": gettext_lazy("Nog niet toegewezen"),
}
FIGURES = {
    "allocated": gettext_lazy("Toegekend"),
    "planned": gettext_lazy("Gepland"),
    "committed": gettext_lazy("Vastgelegd"),
    "realised": gettext_lazy("Besteed"),
    "remaining": gettext_lazy("Over van toegekend"),
}
PARTS = {
    "pupils": gettext_lazy("Bedrag per leerling"),
    "disadvantage": gettext_lazy("Achterstandsdeel"),
    "lump_sum": gettext_lazy("Eén bedrag"),
    "allocated": gettext_lazy("Toegekend"),
    "realised": gettext_lazy("Besteed"),
}
SIGNALS = {
    "underspend": gettext_lazy("Veel minder besteed dan gepland"),
    "stale": gettext_lazy("Lang geen bericht"),
    "ending": gettext_lazy("Stopt binnenkort, vervolg onbekend"),
}


def number_word(number: int) -> str:
    """A number in words up to twenty, above that in figures."""
    return str(NUMBERS[number]) if 0 <= number < len(NUMBERS) else str(number)


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def listed(parts: list[str]) -> str:
    """a, b en c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s en %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def place_of(facts: Facts) -> str:
    """In Merenstad; on an island."""
    return (_("op %(name)s") if facts.kind == "public_body" else _("in %(name)s")) % {"name": facts.name}


def received(facts: Facts) -> str:
    """What the received amount is made of."""
    parts = []
    for one in facts.allocations:
        if one.pupils and one.per_pupil_cents:
            pupils = f"{one.pupils:,}".replace(",", ".")
            parts.append(
                _("%(pupils)s leerlingen × %(amount)s")
                % {"pupils": pupils, "amount": amount_in_sentence(one.per_pupil_cents)}
            )
        elif one.component == "disadvantage":
            parts.append(_("%(amount)s achterstandsdeel") % {"amount": amount_in_sentence(one.amount_cents)})
        elif one.component == "lump_sum" and len(facts.allocations) == 1:
            parts.append(_("als één bedrag"))
        else:
            parts.append(amount_in_sentence(one.amount_cents))
    return " + ".join(parts)


def years_answer(summary: Summary) -> str:
    """How the plan is spread over the years, beside the national pattern."""
    name, planned = summary.facts.name, summary.planned_cents
    rows = [row for row in summary.years if row.school_year]
    known = [row for row in rows if row.figures.planned_cents is not None]
    if not known or planned <= 0:
        return _("Het geld is nog niet over de schooljaren verdeeld.")
    compared = [
        (index, row.figures.planned_cents * 100 / planned, row.percentage)
        for index, row in enumerate(rows)
        if row.figures.planned_cents is not None and row.percentage is not None
    ]
    if not compared or compared[0][0] != 0:
        return _("De planning staat hieronder per schooljaar.")
    share = share_in_words(rows[0].figures.planned_cents, planned)
    off = compared[0][1] - compared[0][2]
    pace = _("ongeveer even snel als") if abs(off) <= 1 else _("rustiger dan") if off < 0 else _("sneller dan")
    start = _("%(name)s begon %(pace)s de rest van het land (%(share)s tegen %(national)s%%)") % {
        "name": name,
        "pace": pace,
        "share": share,
        "national": compared[0][2],
    }
    more = [index for index, own, national in compared[1:] if own - national > 1]
    if not more or len(rows) > len(ORDINALS):
        return f"{start}."
    years = listed([str(ORDINALS[index]) for index in more])
    return _("%(start)s en plande meer in het %(years)s jaar.") % {"start": start, "years": years}


def activities_answer(summary: Summary) -> str:
    """How the activities stand, in numbers."""
    total = len(summary.rows)
    if not total:
        return _("Er is nog geen activiteit.")
    counts = {slug: 0 for slug in ("delayed", "running", "stopped", "completed", "decided", "draft")}
    for row in summary.rows:
        counts[row.activity.status] = counts.get(row.activity.status, 0) + 1
    delayed = counts["delayed"]
    if delayed:
        first = ngettext(
            "%(count)s van de %(total)s activiteiten is vertraagd.",
            "%(count)s van de %(total)s activiteiten zijn vertraagd.",
            delayed,
        ) % {"count": capital(number_word(delayed)), "total": number_word(total)}
    else:
        first = _("Geen van de %(total)s activiteiten is vertraagd.") % {"total": number_word(total)}
    said = []
    for slug, one, more in (
        ("running", _("%(count)s loopt"), _("%(count)s lopen")),
        ("decided", _("%(count)s is vastgesteld"), _("%(count)s zijn vastgesteld")),
        ("draft", _("%(count)s is een concept"), _("%(count)s zijn een concept")),
        ("stopped", _("%(count)s is gestopt"), _("%(count)s zijn gestopt")),
        ("completed", _("%(count)s is afgerond"), _("%(count)s zijn afgerond")),
    ):
        if counts[slug]:
            said.append((one if counts[slug] == 1 else more) % {"count": number_word(counts[slug])})
    return f"{first} {capital(listed(said))}." if said else first


def schools_answer(summary: Summary) -> str:
    """Which schools take part; it changes when one does not."""
    found = summary.participants
    own, without = len(found.own_schools), len(found.joined_nothing)
    if not own:
        schools = _("Er zijn nog geen scholen bekend.")
    elif not without:
        schools = ngettext(
            "De ene school van %(name)s doet mee.", "Alle %(count)s scholen van %(name)s doen mee.", own
        ) % {"count": own, "name": summary.facts.name}
        schools += " " + _("Er is geen school die nergens aan meedoet.")
    else:
        schools = _("%(joined)s van de %(count)s scholen van %(name)s doen mee.") % {
            "joined": own - without,
            "count": own,
            "name": summary.facts.name,
        }
        names = listed([row.school.name for row in found.joined_nothing])
        schools += " " + ngettext("%(names)s doet nergens aan mee.", "%(names)s doen nergens aan mee.", without) % {
            "names": names
        }
    partners = len(found.partners)
    told = ngettext("Er is %(count)s partner.", "Er zijn %(count)s partners.", partners) % {"count": partners}
    if not partners:
        told = _("Er zijn nog geen partners bekend.")
    return f"{schools} {told}"


def after_answer(summary: Summary) -> str:
    """How many activities go on."""
    said = []
    for slug, one, more in (
        ("yes_certain", _("%(count)s activiteit gaat door"), _("%(count)s activiteiten gaan door")),
        ("uncertain", _("%(count)s is nog onzeker"), _("%(count)s zijn nog onzeker")),
        ("no", _("%(count)s gaat niet door"), _("%(count)s gaan niet door")),
        ("", _("van %(count)s is dit onbekend"), _("van %(count)s is dit onbekend")),
    ):
        count = next((len(group.activities) for group in summary.continuation if group.slug == slug), 0)
        if count:
            said.append((one if count == 1 else more) % {"count": number_word(count)})
    return f"{capital(', '.join(said))}." if said else _("Er is nog geen activiteit.")


def sector_label(part: Part) -> str:
    """The kinds of education of a row, in words."""
    label = SECTORS.get(part.slug)
    text = str(label) if label else _(" met ").join(SECTOR_WORDS.get(one, one) for one in part.groups)
    return _("%(kinds)s, met praktijkonderwijs") % {"kinds": text} if part.practical else text
