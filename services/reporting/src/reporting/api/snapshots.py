"""Snapshots over the API: list them, take one, and read the summary frozen in one."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import answer_list
from coordination.web.api.views import ServiceView
from reporting.api import answers
from reporting.api.shapes import moment, snapshot_shape, summary_shape
from reporting.commands.snapshots import take_snapshot
from reporting.queries.snapshots import snapshot, snapshots_of
from reporting.queries.summary import municipality_for


class Snapshots(ServiceView):
    """The snapshots of a municipality."""

    @extend_schema(responses={200: answers.SNAPSHOTS})
    def get(self, request: Request, code: str) -> Response:
        """List them, newest first."""
        return answer_list(request, snapshots_of(actor=self.actor, municipality=code), snapshot_shape)

    @extend_schema(request=None, responses={201: answers.SNAPSHOT})
    def post(self, request: Request, code: str) -> Response:
        """Freeze the figures as they stand."""
        municipality_for(actor=self.actor, municipality=code)
        return self._take(request, code)

    @idempotent("reporting")
    def _take(self, request: Request, code: str) -> Response:
        taken = take_snapshot(actor=self.actor, municipality=code)
        answer = Response(snapshot_shape(taken), status=201)
        answer["Location"] = request.build_absolute_uri(f"/reporting/api/v1/municipalities/{code}/snapshots/{taken.id}")
        return answer


class SnapshotOfOne(ServiceView):
    """One snapshot."""

    @extend_schema(responses={200: answers.FROZEN})
    def get(self, request: Request, code: str, snapshot_id: UUID) -> Response:
        """The summary as it was."""
        found = snapshot(actor=self.actor, municipality=code, snapshot_id=snapshot_id)
        return Response(
            summary_shape(found.summary)
            | {"id": str(found.id), "takenOn": found.taken_on, "takenAt": moment(found.taken_at)}
        )
