"""The addresses of mending, below each service: /<service>/-/messages."""

from django.urls import URLPattern, path

from coordination.web.mending import letters, rebuilding, standing


def service_messages(service: str) -> list[URLPattern]:
    """The pages about the messages of one service."""
    base = f"{service}/-/messages"
    given = {"service": service}
    return [
        path(base, standing.standing, given, name=f"{service}-messages"),
        path(f"{base}/retry", letters.retry_all, given, name=f"{service}-messages-retry"),
        path(f"{base}/passed-over", standing.let_go, given, name=f"{service}-passed-over"),
        path(f"{base}/rebuild", rebuilding.rebuild, given, name=f"{service}-rebuild"),
        path(f"{base}/<uuid:id>", letters.letter, given, name=f"{service}-message"),
        path(f"{base}/<uuid:id>/retry", letters.retry, given, name=f"{service}-message-retry"),
        path(f"{base}/<uuid:id>/pass-over", letters.let_go, given, name=f"{service}-message-pass-over"),
    ]
