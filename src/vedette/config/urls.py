"""Every route of the house: each screen and endpoint folder brings its own."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.urls import include, path

SOURCE = Path(__file__).resolve().parent.parent


def _routes_of(door: str) -> list[str]:
    folders = sorted((SOURCE / door).glob("*/urls.py"))
    return [f"vedette.{door}.{file.parent.name}.urls" for file in folders]


urlpatterns = [path("", include(import_module(name))) for name in _routes_of("web")]
urlpatterns.append(path("", include("vedette.field.urls")))
if find_spec("vedette.api.urls"):
    urlpatterns.append(path("api/v1/", include("vedette.api.urls")))

handler400 = "vedette.web.shell.views.bad_request"
handler403 = "vedette.web.shell.views.forbidden"
handler404 = "vedette.web.shell.views.not_found"
handler500 = "vedette.web.shell.views.server_error"
