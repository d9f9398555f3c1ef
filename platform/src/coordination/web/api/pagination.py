"""Lists answer results and the address of the next page, or null."""

from collections.abc import Callable, Sequence
from typing import Any

from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import problem


class Pages(PageNumberPagination):
    """Two hundred rows a page unless pageSize asks otherwise, a thousand at most."""

    page_size = 200
    page_size_query_param = "pageSize"
    max_page_size = 1000
    invalid_page_message = "Deze pagina is er niet. Begin bij page=1."

    def get_page_size(self, request: Request) -> int:
        """How many rows are asked for. Raises Invalid when that is no number from 1."""
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        return min(_positive(given, self.page_size_query_param), self.max_page_size)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        """Which page is asked for. Raises Invalid when that is no number from 1."""
        return _positive(request.query_params.get(self.page_query_param) or "1", self.page_query_param)

    def get_paginated_response(self, data: Any) -> Response:
        """The rows and where the next ones are."""
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """How that looks in the OpenAPI document."""
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {"type": "string", "format": "uri", "nullable": True},
            },
        }


def _positive(text: str, field: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
        raise problem(field, "not-a-page", f"Geef bij {field} een geheel getal vanaf 1.")
    return int(text)


def answer_list(request: Request, rows: Sequence[Any], shape: Callable[[Any], Any] | None = None) -> Response:
    """Answer rows page by page; shape turns one row into JSON values and is called for this page's rows only."""
    pages = Pages()
    page = pages.paginate_queryset(rows, request)
    return pages.get_paginated_response([shape(row) if shape else row for row in page])
