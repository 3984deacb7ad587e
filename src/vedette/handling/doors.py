"""A door declares what it does and what it serves; nobody signed out passes one that is not public."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from vedette.agencies.viewer import Viewer
from vedette.handling.policy import require
from vedette.handling.verbs import VERBS

Args = ParamSpec("Args")
View = Callable[Concatenate[HttpRequest, Args], HttpResponse]
PUBLIC = "public"
NO_RECORDS = "no records"


def door(verb: str, *, serves: str = NO_RECORDS) -> Callable[[View[Args]], View[Args]]:
    """Declare a view: its verb (or `public`) and the reader it is (or `no records`). The verb is asked before the view runs."""
    if verb != PUBLIC and verb not in VERBS:
        raise ValueError(f"“{verb}” is not a declared verb.")

    def declare(view: View[Args]) -> View[Args]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Args.args, **options: Args.kwargs) -> HttpResponse:
            if verb != PUBLIC:
                if viewer_of_request(request) is None:
                    return _sign_in_first(request)
                if not VERBS[verb].reauthenticate:
                    require(viewer_of_request(request), verb)
            return view(request, *args, **options)

        marked = cast(Any, guarded)
        marked.verb, marked.serves = verb, serves
        return cast(View[Args], guarded)

    return declare


def viewer_of_request(request: HttpRequest) -> Viewer | None:
    """The Viewer that the seat middleware found; None when nobody is signed in."""
    return cast("Viewer | None", getattr(request, "viewer", None))


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/") or request.headers.get("HX-Request"):
        answer: HttpResponse = JsonResponse({"error": "signed-out", "reason": "Nobody is signed in."}, status=401)
        answer["HX-Redirect"] = "/sign-in/"
        return answer
    return HttpResponseRedirect(f"/sign-in/?{urlencode({'next': request.get_full_path()})}")
