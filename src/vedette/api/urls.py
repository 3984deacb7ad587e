"""The JSON door: /api/v1/, one endpoint a file; errors name the field, the reason and the way out."""

from importlib import import_module
from pathlib import Path

from django.urls import path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from vedette.agencies.keyfile import KeyProblem
from vedette.api.errors import answer_error, answer_invalid, answer_keyless
from vedette.api.session import session_auth
from vedette.kit.errors import Conflict, Forbidden, Missing, Refused

FOLDER = Path(__file__).parent

api = NinjaAPI(
    title="Vedette", version="1", urls_namespace="api-v1", auth=session_auth, docs_url=None, openapi_url="openapi.json"
)
for file in sorted(FOLDER.glob("*/*.py")):
    if file.stem != "__init__" and file.parent.name != "tests":
        endpoint = import_module(f"vedette.api.{file.parent.name}.{file.stem}")
        # An endpoint lies under its folder's name unless it says otherwise.
        if hasattr(endpoint, "router"):
            api.add_router(getattr(endpoint, "PREFIX", f"/{file.parent.name}"), endpoint.router)

for kind in (Refused, Forbidden, Missing, Conflict):
    api.add_exception_handler(kind, answer_error)
api.add_exception_handler(ValidationError, answer_invalid)
api.add_exception_handler(KeyProblem, answer_keyless)

urlpatterns = [path("", api.urls)]
