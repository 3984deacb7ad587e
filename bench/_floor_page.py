"""B11's floor: the product's own desk page and rows, without sign-in, policy and audit; everything else is the same."""

from typing import Any

from _house import ready, seats

ready()

from django.db.models import Q  # noqa: E402

from vedette.agencies import signin  # noqa: E402
from vedette.handling import policy  # noqa: E402
from vedette.handling.models import Sheet  # noqa: E402
from vedette.reporting import desk, queries  # noqa: E402

watch = seats("watch")[0]


def everything(*_viewer: Any, **_more: Any) -> Q:
    """No condition of access."""
    return Q()


def newest(_viewer: Any, kinds: Any, limit: int, _before: Any = None) -> list[Any]:
    """The newest sheets of these kinds, whoever asks."""
    rows = Sheet.objects.filter(kind__in=list(kinds)).order_by("-filed_at", "-id")
    return list(rows.values_list("id", flat=True)[:limit])


policy.visible = policy.readable = everything
queries.newest = newest
desk.record_list = lambda *_: None
signin.viewer_of_session = lambda _request: watch

from vedette.config.asgi import application  # noqa: E402

__all__ = ["application"]
