"""The agency's public keys, for whoever holds something it signed."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from vedette.agencies.keys import jwks
from vedette.handling.doors import PUBLIC, door


@door(PUBLIC)
def published_keys(request: HttpRequest) -> HttpResponse:
    """The public signing keys, old ones too, as a JWK set (RFC 7517 section 5); it serves no records."""
    answer = JsonResponse(jwks(), content_type="application/jwk-set+json")
    answer["Cache-Control"] = "public, max-age=300"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
