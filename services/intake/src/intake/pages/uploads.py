"""The pages of sheets: sending one, and looking at its rows, mending them and taking the good ones over."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Invalid
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from intake.commands.upload_rows import propose_school, repair_rows
from intake.commands.uploads import confirm_upload, owner_key_of, receive_upload
from intake.domain.sheet_findings import label_of
from intake.domain.sheet_judgement import CHANGE_REASON
from intake.domain.sheets import refuse_too_large
from intake.pages.upload_rows import control_name, lists, waiting_row
from intake.queries import uploads as queries
from intake.queries.uploads import RowShown, UploadShown

ROWS_A_PAGE = 50
MAPPED = 600
LISTED = 300
_AROUND = 64 * 1024
FRAGMENTS = {"summary": "intake/uploads/summary.html"}


class UploadForm(forms.Form):
    """The file, and the key that makes sending it twice one upload."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("CSV, XLSX, XLS of ODS."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Kies een bestand.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Choose a file, and see what was sent before. Raises Forbidden for who sends no sheets."""
    owner_key_of(request.actor)
    if request.method != "POST":
        return _list(request, UploadForm(initial={"key": new_id()}))
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _received(request, form)
        except Invalid as refusal:
            tell(form, refusal)
    return _list(request, form, status=400)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """One sheet, row by row. Raises NotFound for one of others."""
    shown = queries.upload(actor=request.actor, upload_id=upload_id)
    if request.method == "POST":
        return _acted(request, shown)
    return _page(request, shown)


def _list(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "uploads": queries.uploads(actor=request.actor),
        "megabytes": max(settings.VIERSPAN_UPLOAD_LIMIT // (1024 * 1024), 1),
        "is_house": request.actor.is_administrator,
    }
    return show(request, "intake/uploads/list.html", context, status=status)


def _received(request: HttpRequest, form: UploadForm) -> HttpResponse:
    given = form.cleaned_data["file"]
    if given.size > settings.VIERSPAN_UPLOAD_LIMIT:
        refuse_too_large(settings.VIERSPAN_UPLOAD_LIMIT)
    sent = receive_upload(
        actor=request.actor,
        filename=given.name or "",
        content=given.read(),
        bytes_limit=settings.VIERSPAN_UPLOAD_LIMIT,
        upload_id=form.cleaned_data["key"],
    )
    return HttpResponseRedirect(reverse("intake-upload", args=[sent.id]))


def _page(
    request: HttpRequest, shown: UploadShown, typed: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    waiting = shown.quarantined
    page, pages = _page_number(request, len(waiting))
    on_page = waiting[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    opened = _opened(request, on_page)
    choices = lists()
    good = [one for one in shown.ready if not one.is_asked]
    asked = [one for one in shown.ready if one.is_asked]
    context = {
        "shown": shown,
        "upload": shown.upload,
        "waiting": [
            waiting_row(one, shown, choices, typed or {}, is_open=one.row == opened, whole="whole" in request.GET)
            for one in on_page
        ],
        "good": good,
        "asked": asked,
        "listed": LISTED,
        "skipped_words": _skipped_words(shown),
        "outside_years": bool(shown.columns.outside),
        "left_out": [one for one in shown.skipped if one.judged.reason in ("left-out", "same-activity")],
        "activity_count": len(shown.accepted) + len(waiting),
        "map": [(one, _place(one, waiting)) for one in shown.rows] if len(shown.rows) <= MAPPED else [],
        "notes": [one for one in shown.findings if one.level == "warning"],
        "page": page,
        "pages": pages,
        "page_range": range(1, pages + 1),
    }
    return show(request, "intake/uploads/check.html", context, fragments=FRAGMENTS, status=status)


def _skipped_words(shown: UploadShown) -> list[str]:
    """Why rows were skipped, in a few words each."""
    words = {
        "empty-row": _("rij %(rows)s is leeg"),
        "total-row": _("rij %(rows)s is een totaalrij"),
        "unchanged": _("%(count)s al bekend en niet veranderd"),
        "left-out": _("%(count)s door u weggelaten"),
        "same-activity": _("%(count)s dezelfde activiteit"),
        "replaced": _("%(count)s staat in een later bestand"),
    }
    several = {"empty-row": _("%(count)s rijen zijn leeg"), "total-row": _("%(count)s totaalrijen")}
    rows: dict[str, list[int]] = {}
    for one in shown.skipped:
        rows.setdefault(one.judged.reason, []).append(one.row)
    return [
        (several.get(reason, words[reason]) if len(found) > 1 else words[reason])
        % {"rows": found[0], "count": len(found)}
        for reason, found in rows.items()
    ]


def _page_number(request: HttpRequest, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // ROWS_A_PAGE))
    wanted = request.GET.get("page", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
    return min(max(number, 1), pages), pages


def _opened(request: HttpRequest, rows: list[RowShown]) -> int:
    """The row that is open: the one asked for, or else the first whose amounts do not add up."""
    wanted = request.GET.get("open", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 8:
        return int(wanted)
    if wanted:
        return 0
    return next((one.row for one in rows if any(said.code == "sum-mismatch" for said in one.judged.problems)), 0)


def _place(one: RowShown, waiting: list[RowShown]) -> str:
    """Where a cell of the row map leads: the row itself, or the part of the page its row is in."""
    if one.judged.outcome == "quarantined":
        page = waiting.index(one) // ROWS_A_PAGE + 1
        return f"?page={page}#rij-{one.row}" if page > 1 else f"#rij-{one.row}"
    if one.judged.registered:
        return "#overgenomen"
    return "#goed-met-vraag" if one.is_asked else "#goed"


def _acted(request: HttpRequest, shown: UploadShown) -> HttpResponse:
    """Keep what was typed and do what the button says; always back to the page, so that nothing is sent twice."""
    given = request.POST
    actor, upload_id = request.actor, shown.upload.id
    row = 0
    try:
        if given.get("act") == "confirm":
            confirm_upload(actor=actor, upload_id=upload_id)
        repairs = _repairs(given, queries.upload(actor=actor, upload_id=upload_id))
        if repairs:
            repair_rows(actor=actor, upload_id=upload_id, repairs=repairs)
        row = _number(given.get("choose") or given.get("propose") or given.get("open") or given.get("checked") or "")
        if "propose" in given:
            code = given["propose"].partition(":")[2][:20]
            name = given.get(control_name(row, f"school-{code}"), "")
            propose_school(actor=actor, upload_id=upload_id, row=row, code=code, name=name)
            messages.success(
                request,
                _("School %(code)s is voorgesteld. De rij wacht tot de school is geregistreerd.") % {"code": code},
            )
    except (Invalid, Conflict) as refusal:
        messages.error(request, refusal.message)
        fresh = queries.upload(actor=actor, upload_id=upload_id)
        return _page(request, fresh, typed=given.dict(), status=refusal.status)
    _tell(request, shown, queries.upload(actor=actor, upload_id=upload_id))
    query = {name: request.GET[name] for name in ("page",) if request.GET.get(name)}
    if "open" in given:
        query["open"] = str(row)
        if given["open"].endswith(":all"):
            query["whole"] = "1"
    address = reverse("intake-upload", args=[upload_id]) + (f"?{urlencode(query)}" if query else "")
    return HttpResponseRedirect(f"{address}#rij-{row}" if row and given.get("act") != "confirm" else address)


def _number(text: str) -> int:
    digits = text.partition(":")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0


def _repairs(given: Mapping[str, str], shown: UploadShown) -> dict[int, dict[str, Any]]:
    """What was typed or chosen for rows that wait. Raises Conflict when another changed such a cell meanwhile."""
    found: dict[int, dict[str, Any]] = {}
    fields = [*(name for name in shown.columns.fields if name), CHANGE_REASON]
    chosen, _colon, choice = given.get("choose", "").partition(":")
    for one in shown.quarantined:
        repair: dict[str, Any] = {}
        if values := _typed(given, one, fields):
            repair["values"] = values
        joined = given.get(control_name(one.row, "joined"), "")
        if joined.isascii() and joined.isdigit() and len(joined) < 5:
            repair["joined"] = int(joined)
        if chosen == str(one.row):
            repair["choice"] = choice
        if repair:
            found[one.row] = repair
    if choice == "" and any(chosen == str(one.row) for one in shown.skipped):
        found[int(chosen)] = {"choice": ""}
    return found


def _typed(given: Mapping[str, str], one: RowShown, fields: Sequence[str]) -> dict[str, str]:
    values = {}
    for name in fields:
        key = control_name(one.row, name)
        typed, was = given.get(key), given.get(f"was-{key}", "")
        if typed is None or _plain(typed) == _plain(was):
            continue
        now = one.judged.cells.get(name, "")
        if _plain(typed) == _plain(now):
            continue
        if _plain(now) != _plain(was) and was:
            raise Conflict(
                _("Iemand anders wijzigde rij %(row)s: %(field)s is nu “%(now)s”. Wat u typte staat er nog.")
                % {"row": one.row, "field": label_of(name), "now": now[:80]}
            )
        values[name] = typed.replace("\r\n", "\n")
    return values


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _tell(request: HttpRequest, before: UploadShown, after: UploadShown) -> None:
    """Say what happened."""
    taken = len(after.taken_over) - len(before.taken_over)
    if taken:
        said = ngettext("%(count)s activiteit is overgenomen.", "%(count)s activiteiten zijn overgenomen.", taken)
        messages.success(request, said % {"count": taken})
    elif request.POST.get("act") == "confirm":
        messages.warning(request, _("Er waren geen goede rijen om over te nemen."))
    mended = {one.row for one in before.quarantined} - {one.row for one in after.quarantined}
    mended &= {one.row for one in after.accepted}
    if mended:
        said = ngettext("Rij %(rows)s is nu goed.", "Rijen %(rows)s zijn nu goed.", len(mended))
        messages.success(request, said % {"rows": ", ".join(map(str, sorted(mended)[:20]))})
    elif "checked" in request.POST or request.POST.get("act") == "check":
        messages.warning(
            request, _("Er is nog geen rij bij gekomen die goed is. Bij elke rij staat wat er niet klopt.")
        )
