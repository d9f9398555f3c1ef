"""Where a service's API lives: /<service>/api/v1, its public OpenAPI document, and problem details for the rest."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings

from coordination.web.api.problems import unknown_path
from coordination.web.api.views import API_VERSION

# The generator keeps its settings for the whole process while it works.
_one_at_a_time = Lock()


def service_api(service: str, patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The address patterns of a service's API, to add to its urlpatterns; paths in patterns have no leading slash."""
    base = f"{service}/api/v1/"
    mounted = path(base, include(list(patterns)))
    return [
        path(f"{base}openapi.json", _document_view(service, mounted), name=f"{service}-openapi"),
        mounted,
        re_path(rf"^{service}/api(?:/[\s\S]*)?\Z", unknown_path),
    ]


def _document_view(service: str, mounted: URLResolver) -> Callable[[HttpRequest], HttpResponse]:
    settings = {
        "TITLE": f"Vierspan {service}",
        "DESCRIPTION": "Bedragen zijn hele eurocenten, tijden UTC, schooljaren als 2021-2022; null is onbekend.",
        "VERSION": API_VERSION,
        "SERVERS": [{"url": "/"}],
        "OAS_VERSION": "3.0.3",
        "COMPONENT_SPLIT_REQUEST": True,
        "DISABLE_ERRORS_AND_WARNINGS": True,
    }

    @lru_cache(maxsize=1)
    def document() -> dict[str, Any]:
        with _one_at_a_time, patched_settings(settings):
            return SchemaGenerator(patterns=[mounted]).get_schema(public=True)

    @csrf_exempt
    @require_safe
    def openapi(_request: HttpRequest) -> HttpResponse:
        return JsonResponse(document(), headers={"Access-Control-Allow-Origin": "*"})

    return openapi
