"""The JSON door: /api/v1/, one endpoint a file; errors name the field, the reason and the way out."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from vedette.api.errors import answer_error, answer_invalid
from vedette.api.reports.file import router as file_router
from vedette.api.session import session_auth
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused

api = NinjaAPI(title="Vedette", version="1", urls_namespace="api-v1", auth=session_auth, docs_url=None, openapi_url="openapi.json")
api.add_router("/reports", file_router)

for kind in (Refused, Forbidden, Missing, Conflict):
    api.add_exception_handler(kind, answer_error)
api.add_exception_handler(ValidationError, answer_invalid)


def unknown(request: HttpRequest) -> HttpResponse:
    """What lies under /api/ and is not an endpoint."""
    return answer_error(request, Missing())


urlpatterns = [path("", api.urls)]
