"""The places of an activity over the API."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import Forbidden
from coordination.web.api.serializers import CamelSerializer, WholeNumberField
from coordination.web.api.versions import require_current, version_header, wanted_version
from coordination.web.api.views import ServiceView
from matching.api import answers
from matching.api.shapes import offer_shape
from matching.commands.offers import set_places
from matching.domain.who_may import decides_for
from matching.queries.offers import offer_for


class PlacesBody(CamelSerializer):
    """How many pupils there is place for; null is no limit."""

    places = WholeNumberField(allow_null=True)


class Places(ServiceView):
    """How many pupils an activity has place for."""

    @extend_schema(responses={200: answers.PLACES})
    def get(self, request: Request, activity_id: UUID) -> Response:
        """The places; null is no limit."""
        return self._answer(offer_for(self.actor, activity_id)[1])

    @extend_schema(request=PlacesBody, responses={200: answers.PLACES})
    def patch(self, request: Request, activity_id: UUID) -> Response:
        """Set the places; wants If-Match. Places that come free move who waits up."""
        activity, offer = offer_for(self.actor, activity_id)
        if not decides_for(self.actor, activity.municipality):
            raise Forbidden("Alleen een beleidsmedewerker stelt het aantal plekken in.")
        version = wanted_version(request)
        require_current(version, offer.version, yours=request.data, current=offer_shape(offer))
        body = PlacesBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self._answer(
            set_places(actor=self.actor, activity=activity_id, expected_version=version, **body.validated_data)
        )

    def _answer(self, offer) -> Response:
        return Response(offer_shape(offer), headers=version_header(offer.version))
