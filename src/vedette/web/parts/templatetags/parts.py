"""The parts every screen is made of, as tags; words come from `web.parts.words`, times from `web.parts.times`."""

import datetime
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django import template
from django.template import defaultfilters
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vedette.agencies.models import Role
from vedette.kit import time as kit_time
from vedette.kit.said import each_said
from vedette.kit.said import said as said_in_words
from vedette.web.parts import amounts, marks, times, words

register = template.Library()
Moment = datetime.datetime | None
# Signs that point along the line of reading turn round when it runs from right to left.
DIRECTED = (
    "arrow-left",
    "arrow-right",
    "arrow-back",
    "arrow-up-right",
    "chevron-left",
    "chevron-right",
    "send",
    "logout",
)

register.filter("money", amounts.money)
register.filter("bytes", amounts.file_size)
register.filter("percent", amounts.percent)
register.filter("stretch", times.stretch)
register.filter("lasting", times.lasting)
register.filter("country", words.country)


@register.filter(name="said")
def said_filter(words: Any) -> Any:
    """`{{ row.get_kind_display|said }}`: what a room says in English, in the reader's language; a list one by one."""
    if words is None:
        return ""
    return said_in_words(words) if isinstance(words, str | Promise | Exception) else each_said(words)


@register.filter(name="date", expects_localtime=True, is_safe=False)
def date(moment: datetime.date | None, form: str | None = None) -> str:
    """`{{ day|date:"j M Y" }}`: Django's own, in the form that the reader's language uses for it."""
    return str(defaultfilters.date(moment, str(times.FORMS.get(form, form)) if form else None))


@register.filter
def device_in_words(device: str) -> str:
    """`{{ sitting.device|device_in_words }}`: a browser on a system, or a program."""
    browser, on, system = device.partition(" on ")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if on else said_in_words(device)


@register.simple_tag
def colon() -> str:
    """`{{ who }}{% colon %}{{ why }}`: a colon with the spaces that the reader's language puts around it."""
    return pgettext("between a thing and what is said of it", ": ")


@register.filter
def sentence(words: str) -> str:
    """`{{ recall.because|said|sentence }}`: what somebody typed as a sentence: a capital, and a full stop when it has no end."""
    text = words.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".") if text else ""


@register.filter
def roles_in_words(roles: Iterable[str]) -> list[str]:
    """`{{ seat.roles|roles_in_words|join:", " }}`: what each role is called."""
    return each_said(Role(role).label if role in Role.values else role for role in roles)


def _now(context: template.Context | RequestContext) -> datetime.datetime:
    known: datetime.datetime | Callable[[], datetime.datetime] | None = context.get("now")
    if callable(known):
        return known()
    return known or kit_time.now()


def _home(context: template.Context | RequestContext) -> tuple[str, str]:
    zone = str(context.get("home_zone") or "UTC")
    return zone, str(context.get("home_city") or times.city_of(zone))


@register.simple_tag
def icon(name: str, size: str = "sm", label: str = "") -> SafeString:
    """`{% icon "bolt" %}`: a sign from the sprite; sizes "sm", "" (18 px), "lg"; a label names it."""
    return _icon(name, size) if not label else _drawn(name, size, format_html('role="img" aria-label="{}"', label))


@cache
def _icon(name: str, size: str) -> SafeString:
    # A page has a hundred of them: each is put together once.
    return _drawn(name, size, mark_safe('aria-hidden="true"'))


def _drawn(name: str, size: str, named: SafeString) -> SafeString:
    source = static("vendor/icons.svg")
    turning = name.startswith(DIRECTED)
    classes = " ".join(filter(None, ("icon", size, "dir" if turning else "")))
    return format_html('<svg class="{}" {}><use href="{}#i-{}"/></svg>', classes, named, source, name)


@register.simple_tag
def grade(source: str = "", information: str = "", scheme: str = "nato", handling: str = "") -> SafeString:
    """`{% grade "A" "2" %}`: a grade in its own scheme ("nato", "eu", "uk"), said in words to those who hear it."""
    return marks.grade(str(source or ""), str(information or ""), (scheme or "nato").lower(), handling)


@register.simple_tag
def nexus(status: str | None = "") -> SafeString:
    """`{% nexus "possible" %}`: home nexus: none, possible, confirmed, asked, or empty for not asked."""
    key = str(status or "").lower().replace("-", "_")
    css, sign, text = words.NEXUS.get(key, words.NEXUS[""])
    return format_html('<span class="nexus {}">{}{}</span>', css, icon(sign), text)


@register.simple_tag
def tlp(label: str | None, size: str = "") -> SafeString:
    """`{% tlp "AMBER+STRICT" %}`: the TLP 2.0 label, never translated; size "big" heads a page."""
    return marks.tlp(label or "", size)


@register.simple_tag
def hz(n: int | str, words_too: bool = False) -> SafeString:
    """`{% hz 1 %}` or `{% hz "minutes" words_too=True %}`: the five-step glyph of a horizon, its name if asked."""
    return marks.horizon(n, words_too)


@register.simple_tag
def ref(reference: str | None, href: str = "") -> SafeString:
    """`{% ref report.reference url %}`: a speakable reference, a link when an address is given."""
    if not reference:
        return mark_safe("")
    if href:
        return format_html('<a class="ref" href="{}">{}</a>', href, reference)
    return format_html('<span class="ref">{}</span>', reference)


@register.simple_tag
def chip(text: object, kind: str = "", sign: str = "") -> SafeString:
    """`{% chip "Active" "burning" "bolt" %}`: a state in a word or two.

    Kinds: line, accent, burning, due, ok, flash, "flash read", or none.
    """
    drawn = icon(sign, "") if sign else ""
    return format_html('<span class="{}">{}{}</span>', f"chip {kind}".strip(), drawn, text)


@register.simple_tag
def report_kind(kind: str, read: bool = False) -> SafeString:
    """`{% report_kind "flash" read=row.read %}`: what kind of report; an unread flash is filled, a read one not."""
    css, sign, text = words.REPORT_KINDS.get(kind, ("line", "", kind.replace("_", " ").capitalize()))
    return chip(text, f"{css} read" if css == "flash" and read else css, sign)


@register.simple_tag
def sure(level: str, note: object = "") -> SafeString:
    """`{% sure "probable" "2 roots" %}`: confirmed, probable, open, single, unknown; with what it rests on."""
    text = words.SURE.get(level, level)
    css = {"contradicted": "open", "unknown": "unknown"}.get(level, level)
    return format_html('<span class="sure {}">{}{}</span>', css, text, format_html(", {}", note) if note else "")


@register.simple_tag(takes_context=True)
def when(
    context: template.Context,
    moment: Moment,
    zone: str = "",
    city: str = "",
    *,
    age: bool = True,
    home: bool = True,
    seconds: bool = False,
) -> SafeString:
    """`{% when dt "Europe/Paris" "Paris" %}`: place, home and age; at home, home and age. The page keeps it true."""
    if moment is None:
        return mark_safe("")
    return marks.when(
        moment,
        place=(zone, city),
        home=_home(context),
        now=_now(context),
        show_age=age,
        show_home=home,
        seconds=seconds,
        then=context.get("then"),
    )


@register.simple_tag(takes_context=True)
def age(context: template.Context, moment: Moment) -> SafeString:
    """`{% age dt %}`: how long ago, alone, kept true by the page; where it looks back (`then`), how long ago then."""
    then: Moment = context.get("then")
    return mark_safe("") if moment is None else marks.age(moment, then or _now(context), ticks=then is None)


@register.simple_tag(takes_context=True)
def at(context: template.Context, moment: Moment, zone: str = "", city: str = "", seconds: bool = False) -> SafeString:
    """`{% at dt %}`: one time in one zone (home by default), with its date when that is not today."""
    if moment is None:
        return mark_safe("")
    text = times.stamp(moment, times.zone_of(zone or _home(context)[0]), _now(context), seconds=seconds)
    return format_html('<time datetime="{}">{}{}</time>', times.iso(moment), text, f" {city}" if city else "")


@register.simple_tag(takes_context=True)
def clock(
    context: template.Context,
    due: Moment,
    state: str = "",
    done_at: Moment = None,
    *,
    soon: int = 900,
    word: object = "",
) -> SafeString:
    """`{% clock task.due %}`, `{% clock task.due "done" task.done_at word="acknowledged" %}`: what is left.

    Past its time it says how late. `soon` is how many seconds before it is due the clock turns amber. Where the page
    looks back, its context says so (`then`): what was left at that moment, standing still.
    """
    home = times.zone_of(_home(context)[0])
    if state in {"done", "acknowledged", "stopped", "closed", "met"}:
        said = str(word or _("done"))
        return marks.clock_done(said, times.stamp(done_at, home, _now(context)) if done_at else "")
    if due is None:
        return mark_safe("")
    then: Moment = context.get("then")
    return marks.clock(due, then or _now(context), home, soon, ticks=then is None)


@register.simple_tag(takes_context=True)
def world_clock(context: template.Context, zone: str, city: str, mark: str = "") -> SafeString:
    """`{% world_clock "Europe/Paris" "Paris" "hot" %}`: one `<li>` of `.clocks`, with moon and +1.

    The mark is "hot", "here" or none.
    """
    return marks.world_clock(zone, city, mark, _home(context)[0], _now(context))


@register.filter
def localtime(moment: Moment, zone: str | None = None) -> str:
    """`{{ dt|localtime:"Europe/Paris" }}`: `21:20` in an IANA zone (UTC when none)."""
    return "" if moment is None else times.hand(moment, times.zone_of(zone))


@register.filter
def localday(moment: Moment, zone: str | None = None) -> str:
    """`{{ dt|localday:home_zone }}`: `Fri 13 Nov 2015` in an IANA zone."""
    return "" if moment is None else times.long_day(moment.astimezone(times.zone_of(zone)))


@register.filter
def zonecity(zone: str) -> str:
    """`{{ "America/New_York"|zonecity }}`: the city that names a zone, as people say it."""
    return times.city_of(zone)


@register.filter
def span(seconds: float | datetime.timedelta | None) -> str:
    """`{{ delta|span }}`: a length of time as `1 h 12 min`."""
    if seconds is None:
        return ""
    return times.span(seconds.total_seconds() if isinstance(seconds, datetime.timedelta) else seconds)


@register.filter
def isotime(moment: Moment) -> str:
    """`{{ dt|isotime }}`: a moment for the `datetime` attribute."""
    return "" if moment is None else times.iso(moment)


@register.simple_tag
def progress(done: int, whole: int, late: int = 0) -> SafeString:
    """`{% progress 3 7 late=1 %}`: n of m as steps, said in words."""
    steps = ["on"] * done + ["late"] * late + [""] * max(0, whole - done - late)
    drawn = format_html_join("", '<i class="{}"></i>', ((step,) for step in steps))
    said = _("%(done)s of %(whole)s") % {"done": done, "whole": whole}
    return format_html('<span class="progress" role="img" aria-label="{}">{}</span>', said, drawn)


@register.simple_tag
def key(keys: str) -> SafeString:
    """`{% key "g d" %}`: the key of a button that declares `data-key`; not read aloud with its name."""
    return format_html('<kbd aria-hidden="true">{}</kbd>', keys)


@register.simple_tag
def tabs(entries: Iterable[dict[str, Any]], label: str = "", css: str = "") -> SafeString:
    """`{% tabs entries _("Parts") "inpane" %}`: entries {label, href, current, n?, hot?}, as `parts/tabs.html`."""
    from django.template.loader import render_to_string

    return render_to_string("parts/tabs.html", {"entries": list(entries), "label": label, "css": css})


@register.inclusion_tag("parts/form_field.html")
def form_field(field: Any, hint: object = "") -> dict[str, Any]:
    """`{% form_field form.reason %}`: label, hint, error, input, in that order; keeps what was typed."""
    from vedette.web.parts.forms import dressed

    return dressed(field, hint)
