"""Sheets over the API: send one, look at its rows, repair them, take the good ones over."""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import problem
from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import answer_list
from coordination.web.api.serializers import CamelSerializer, TextField, WholeNumberField
from coordination.web.api.views import ServiceView
from intake.api import answers
from intake.api.bodies import OPEN, read
from intake.api.upload_shapes import listed_shape, upload_shape
from intake.commands.upload_rows import propose_school, repair_rows
from intake.commands.uploads import confirm_upload, owner_key_of, receive_upload, visible_upload
from intake.domain.sheets import refuse_too_large
from intake.queries import uploads as queries

MOST_ROWS = 10_000
# What a multipart body holds beside the file itself.
_AROUND = 64 * 1024
CONFIRM = OpenApiParameter("confirm", OpenApiTypes.BOOL, description="Ook meteen de goede rijen overnemen.")
SENT = {
    "multipart/form-data": {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}},
    }
}


class RepairBody(CamelSerializer):
    """What a waiting row is to say instead, or what to do with it."""

    row = WholeNumberField(min_value=2)
    values = serializers.DictField(child=serializers.CharField(allow_blank=True, trim_whitespace=False), required=False)
    choice = TextField(**OPEN, allow_blank=True, max_length=40)
    joined = WholeNumberField(**OPEN)


class RepairsBody(CamelSerializer):
    """Repairs of several rows at once."""

    rows = RepairBody(many=True, max_length=MOST_ROWS)


class ProposalBody(CamelSerializer):
    """A school of a waiting row that nobody registered."""

    row = WholeNumberField(min_value=2)
    code = TextField(max_length=20)
    name = TextField(max_length=200)


class Uploads(ServiceView):
    """The sheets one works on."""

    parser_classes: ClassVar = [MultiPartParser]

    @extend_schema(responses={200: answers.UPLOADS})
    def get(self, request: Request) -> Response:
        """List them, newest first, with counts."""
        return answer_list(request, queries.uploads(actor=self.actor), listed_shape)

    @extend_schema(request=SENT, parameters=[CONFIRM], responses={201: answers.UPLOAD})
    def post(self, request: Request) -> Response:
        """Send a sheet; each row is judged. With confirm=true the good rows are taken over at once."""
        owner_key_of(self.actor)
        _confirms(request)
        limit = settings.VIERSPAN_UPLOAD_LIMIT
        if int(request.META.get("CONTENT_LENGTH") or 0) > limit + _AROUND:
            refuse_too_large(limit)
        if not (request.content_type or "").startswith("multipart/form-data"):
            raise _no_file()
        return self._receive(request)

    @idempotent("intake")
    def _receive(self, request: Request) -> Response:
        given = request.FILES.get("file")
        if given is None:
            raise _no_file()
        if given.size > settings.VIERSPAN_UPLOAD_LIMIT:
            refuse_too_large(settings.VIERSPAN_UPLOAD_LIMIT)
        upload = receive_upload(
            actor=self.actor,
            filename=given.name or "",
            content=given.read(),
            bytes_limit=settings.VIERSPAN_UPLOAD_LIMIT,
        )
        if _confirms(request):
            confirm_upload(actor=self.actor, upload_id=upload.id)
        answer = Response(upload_shape(queries.upload(actor=self.actor, upload_id=upload.id)), status=201)
        answer["Location"] = request.build_absolute_uri(f"/intake/api/v1/uploads/{upload.id}")
        return answer


class UploadDetail(ServiceView):
    """One sheet."""

    @extend_schema(responses={200: answers.UPLOAD})
    def get(self, request: Request, upload_id: UUID) -> Response:
        """Look at it; each row is judged against what is known now."""
        return Response(upload_shape(queries.upload(actor=self.actor, upload_id=upload_id)))


class Confirmations(ServiceView):
    """Taking the good rows over."""

    @extend_schema(request=None, responses={201: answers.UPLOAD})
    @idempotent("intake")
    def post(self, request: Request, upload_id: UUID) -> Response:
        """Take over the good rows that are not taken over yet; the rest goes on waiting."""
        confirm_upload(actor=self.actor, upload_id=upload_id)
        return Response(upload_shape(queries.upload(actor=self.actor, upload_id=upload_id)), status=201)


class Repairs(ServiceView):
    """Mending rows that wait."""

    @extend_schema(request=RepairsBody, responses={201: answers.UPLOAD})
    @idempotent("intake")
    def post(self, request: Request, upload_id: UUID) -> Response:
        """Change rows that wait: values by field, a choice, or which cells belong together; all are judged again."""
        visible_upload(self.actor, upload_id)
        repairs = {one.pop("row"): one for one in read(RepairsBody, request)["rows"]}
        repair_rows(actor=self.actor, upload_id=upload_id, repairs=repairs)
        return Response(upload_shape(queries.upload(actor=self.actor, upload_id=upload_id)), status=201)


class Proposals(ServiceView):
    """Schools a sheet names and nobody registered."""

    @extend_schema(request=ProposalBody, responses={201: OpenApiTypes.OBJECT})
    @idempotent("intake")
    def post(self, request: Request, upload_id: UUID) -> Response:
        """Propose one; the row is ready once it is registered."""
        visible_upload(self.actor, upload_id)
        given = read(ProposalBody, request)
        row = propose_school(actor=self.actor, upload_id=upload_id, **given)
        return Response({"row": row.row, "proposals": row.proposals}, status=201)


def _confirms(request: Request) -> bool:
    given = request.query_params.get("confirm", "false").casefold()
    if given not in ("true", "1", "false", "0"):
        raise problem("confirm", "not-true-or-false", "Geef bij confirm true of false.")
    return given in ("true", "1")


def _no_file():
    return problem("file", "required", "Stuur het bestand als multipart/form-data, in het veld file.")
