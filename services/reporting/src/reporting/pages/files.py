"""A summary as a file to keep, for who is signed in on a page."""

from django.http import HttpResponse

from reporting.domain.summary import Summary
from reporting.queries.exports import written


def file_of(found: Summary, kind: str) -> HttpResponse:
    """The figures as CSV or XLSX."""
    file = written(found, kind)
    return HttpResponse(file.content, content_type=file.media_type, headers=file.headers)
