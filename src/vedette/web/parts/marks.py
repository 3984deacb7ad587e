"""How the trade's marks are written as HTML; the tags in `templatetags.parts` are their doors."""

import datetime

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vedette.web.parts import times, words

CLOCK_SIGNS = {"left": "clock", "due": "hourglass", "late": "alert-triangle"}
NIGHT_FROM, NIGHT_TO = 22, 6
EMPTY = mark_safe("")


def sign(name: str) -> SafeString:
    """A sign from the sprite in the size of the mark it stands in."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("vendor/icons.svg"), name
    )


def grade(source: str, information: str, scheme: str, handling: str) -> SafeString:
    """A grade as one chip; the surer, the more ink; what is not graded yet says so."""
    if not source and not information:
        return format_html('<span class="chip line">{}</span>', _("Not graded"))
    unknown = (6, _("not judged"))
    reliability = words.RELIABILITY.get(scheme, {}).get(source.upper(), unknown)
    credibility = words.CREDIBILITY.get(scheme, {}).get(information.upper(), unknown)
    parts = [(reliability[0], source.upper() or "?"), (credibility[0], information.upper() or "?")]
    said = f"{reliability[1]}, {credibility[1]}"
    if handling:
        parts.append((4, handling.upper()))
        said = f"{said}, {words.HANDLING.get(handling.upper(), handling)}"
    name = f"{words.SCHEMES.get(scheme, words.SCHEMES['nato'])} {''.join(letter for _ink, letter in parts)}: {said}"
    drawn = format_html_join("", '<b class="g{}">{}</b>', parts)
    css = "grade three" if handling else "grade"
    return format_html('<span class="{}" role="img" aria-label="{}" title="{}">{}</span>', css, name, name, drawn)


def tlp(label: str, size: str) -> SafeString:
    """The TLP 2.0 label as FIRST writes it; an unknown label is shown as the most restrictive."""
    plain = label.upper().replace("_", "+").replace(" ", "").removeprefix("TLP:")
    if not plain:
        return EMPTY
    plain = {"AMBERSTRICT": "AMBER+STRICT", "AMBER-STRICT": "AMBER+STRICT", "WHITE": "CLEAR"}.get(plain, plain)
    css = words.TLP_CLASSES.get(plain, "red")
    meaning = words.TLP_WORDS.get(plain, "")
    classes = f"tlp {css} {size}".strip()
    return format_html('<span class="{}" translate="no" title="{}">TLP:{}</span>', classes, meaning, plain)


def horizon(n: int | str, words_too: bool) -> SafeString:
    """One to five steps; the name is said aloud, and written when asked."""
    step = words.HORIZON_KEYS.index(n) + 1 if n in words.HORIZON_KEYS else int(n)
    name = words.HORIZONS[step - 1]
    bars = format_html_join("", '<i class="{}"></i>', (("on" if i < step else "",) for i in range(5)))
    if words_too:
        return format_html('<span class="row tight"><span class="hz" aria-hidden="true">{}</span>{}</span>', bars, name)
    return format_html('<span class="hz" role="img" aria-label="{}" title="{}">{}</span>', name, name, bars)


def age(moment: datetime.datetime, now: datetime.datetime, *, ticks: bool = True) -> SafeString:
    """How long ago, with the moment in a form that the page's ticker reads, unless it shows a moment past."""
    moved = format_html(' data-age="{}"', times.iso(moment)) if ticks else EMPTY
    return format_html('<span class="age"{}>{}</span>', moved, times.age(moment, now))


def when(
    moment: datetime.datetime,
    *,
    place: tuple[str, str],
    home: tuple[str, str],
    now: datetime.datetime,
    show_age: bool,
    show_home: bool,
    seconds: bool,
    then: datetime.datetime | None = None,
) -> SafeString:
    """Place, home and age (at a moment past, if one is given); at home the time is written once."""
    zone = times.zone_of(place[0] or home[0])
    home_zone = times.zone_of(home[0])
    city = place[1] or (times.city_of(place[0]) if place[0] else home[1])
    far, near = times.both(moment, zone, home_zone, now, seconds=seconds)
    same = moment.astimezone(zone).utcoffset() == moment.astimezone(home_zone).utcoffset()
    parts = [format_html('<time datetime="{}">{} {}</time>', times.iso(moment), far, city)]
    if show_home and not (same and (not place[0] or place[0] == home[0])):
        parts.append(format_html("<span>{} {}</span>", near, home[1]))
    if show_age:
        parts.append(age(moment, then or now, ticks=then is None))
    return format_html('<span class="when">{}</span>', format_html_join("", "{}", ((part,) for part in parts)))


def clock(
    due: datetime.datetime, now: datetime.datetime, home: datetime.tzinfo, soon: int, *, ticks: bool = True
) -> SafeString:
    """An open clock; the ticker moves its words, its sign and its colour together, unless it shows a moment past."""
    state, text = times.clock_words(due, now, home, soon)
    moved = format_html(' data-due="{}" data-soon="{}"', times.iso(due), soon) if ticks else EMPTY
    return format_html(
        '<span class="clock {}"{} title="{}">{}<span>{}</span></span>',
        state,
        moved,
        _("due %(when)s") % {"when": times.stamp(due, home, now)},
        sign(CLOCK_SIGNS[state]),
        text,
    )


def clock_done(word: str, at: str) -> SafeString:
    """A stopped clock: what was done, and when."""
    return format_html('<span class="clock done">{}<span>{}</span></span>', sign("check"), f"{word} {at}".strip())


def world_clock(zone: str, city: str, mark: str, home_zone: str, now: datetime.datetime) -> SafeString:
    """The time at a post: +1 when it is tomorrow there, a moon when it is night."""
    there, here = now.astimezone(times.zone_of(zone)), now.astimezone(times.zone_of(home_zone))
    apart = (there.date() - here.date()).days
    note = _("home") if mark == "here" else (f"{apart:+d}" if apart else "")
    night = there.hour >= NIGHT_FROM or there.hour < NIGHT_TO
    moon = mark_safe("") if night else mark_safe(" hidden")
    return format_html(
        '<li class="{}" data-zone="{}"><span class="clip">{}</span><time>{}</time><small><span>{}</span>'
        '<svg class="icon" role="img" aria-label="{}"{}><use href="{}#i-moon"/></svg></small></li>',
        mark,
        zone,
        city,
        there.strftime("%H:%M"),
        note,
        _("night"),
        moon,
        static("vendor/icons.svg"),
    )
