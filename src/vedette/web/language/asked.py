"""Which language a reader asked for: the one he chose, else the first that his browser names and the house has."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

OURS = dict(settings.LANGUAGES)


def language_asked(chosen: str, accepted: str) -> str:
    """The code of the language, from the reader's cookie and from what his browser accepts."""
    if chosen in OURS:
        return chosen
    for code, _weight in parse_accept_lang_header(accepted.lower()):
        if code == "*":
            break
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
