"""The security pack: what is in force, since when, by whom, why, and its effect; an administrator sets it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vedette.agencies.rules import rules_in_force
from vedette.handling.doors import door, viewer_of_request
from vedette.handling.rules import set_rule
from vedette.web.settings.forms import RuleForm
from vedette.web.settings.frame import back, show


@door("see_rules")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every rule with what is in force."""
    return _show(request, "", RuleForm())


def _show(request: HttpRequest, key: str, form: RuleForm, status: int = 200) -> HttpResponse:
    rows = [{"held": held, "form": form if held.key == key else RuleForm()} for held in rules_in_force()]
    return show(request, "settings/rules.html", "settings_rules", {"rows": rows}, status)


@door("set_rule")
@require_POST
def one(request: HttpRequest, key: str) -> HttpResponse:
    """Set one rule from now on, for a reason."""
    form = RuleForm(request.POST)
    if form.taken(lambda **typed: set_rule(viewer_of_request(request), key=key, **typed)):
        return back(request, "settings_rules", _("It holds from now on; what held before is kept."))
    return _show(request, key, form, status=422)
