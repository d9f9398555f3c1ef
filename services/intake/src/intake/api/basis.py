"""The basis over the API: municipalities and allocations to read and lay, programmes and catalogues to read."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import NotFound
from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import answer_list
from coordination.web.api.views import ServiceView
from intake.api.bodies import AllocationBody, MunicipalityBody, read
from intake.api.shapes import allocation_shape, catalogue_shape, municipality_shape, programme_shape
from intake.commands.basis import admit_administrator, grant_allocation, register_municipality
from intake.models import Municipality
from intake.queries import basis, catalogues
from intake.queries.allocations import summary, visible_allocations

READ = extend_schema(responses={200: OpenApiTypes.OBJECT})


class Municipalities(ServiceView):
    """The municipalities one works for, with their figures."""

    @READ
    def get(self, request: Request) -> Response:
        """List them."""
        return answer_list(request, basis.municipalities(actor=self.actor), self._shape)

    @extend_schema(request=MunicipalityBody, responses={201: OpenApiTypes.OBJECT})
    @idempotent("intake")
    def post(self, request: Request) -> Response:
        """Register a municipality; for the administrator of the house. A code that is taken answers 409."""
        admit_administrator(self.actor)
        given = read(MunicipalityBody, request)
        given = {"code": "", "name": "", "number_prefix": ""} | {
            name: value for name, value in given.items() if value is not None
        }
        found = register_municipality(actor=self.actor, municipality_id=new_id(), **given)
        return Response(self._shape(found), status=201)

    def _shape(self, municipality: Municipality) -> dict:
        return municipality_shape(municipality, summary(actor=self.actor, municipality=municipality.code))


class Allocations(ServiceView):
    """What municipalities received, per component."""

    @READ
    def get(self, request: Request) -> Response:
        """List them; filter municipality."""
        wanted = request.query_params.get("municipality")
        found = visible_allocations(actor=self.actor)
        return answer_list(request, [one for one in found if wanted in (None, one.municipality)], allocation_shape)

    @extend_schema(request=AllocationBody, responses={201: OpenApiTypes.OBJECT})
    @idempotent("intake")
    def post(self, request: Request) -> Response:
        """Record what a municipality received, or an adjustment with a sign; for the administrator of the house."""
        admit_administrator(self.actor)
        given = read(AllocationBody, request)
        given = dict.fromkeys(("municipality", "component", "amount_cents", "granted_on")) | {
            name: value for name, value in given.items() if value is not None
        }
        return Response(allocation_shape(grant_allocation(actor=self.actor, **given)), status=201)


class Programmes(ServiceView):
    """Programmes with their periods."""

    @READ
    def get(self, request: Request) -> Response:
        """List them."""
        return answer_list(request, basis.programmes(), programme_shape)


class Catalogues(ServiceView):
    """All lists of words."""

    @READ
    def get(self, request: Request) -> Response:
        """List them, each whole."""
        return answer_list(request, catalogues.all_catalogues(), catalogue_shape)


class CatalogueDetail(ServiceView):
    """One list of words."""

    @READ
    def get(self, request: Request, name: str) -> Response:
        """Look at it."""
        found = catalogues.all_catalogues([name])
        if not found:
            raise NotFound
        return Response(catalogue_shape(found[0]))
