"""GET /authority.crt: the authority of this installation's own certificate, which a phone is told to trust; no secret."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vedette.handling.doors import PUBLIC, door
from vedette.kit.errors import Missing


@door(PUBLIC)
@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """The certificate as phones take it; nothing where the certificate in use was given, for the world knows its authority."""
    path = settings.VEDETTE_TLS_AUTHORITY
    if not path or not Path(path).exists():
        raise Missing
    response = HttpResponse(Path(path).read_bytes(), content_type="application/x-x509-ca-cert")
    response["Content-Disposition"] = 'attachment; filename="vedette-authority.crt"'
    return response
