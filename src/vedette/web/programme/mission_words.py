"""Needs, levels and obstacles of missions in words."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from vedette.kit.said import said
from vedette.programme.matching import SKILL

WHOLE = ("0", "0+", "1", "1+", "2", "2+", "3", "3+", "4", "4+", "5")


def level_words(level: Decimal | None) -> str:
    """A level of the ILR scale as it is spoken: 2.5 is 2+."""
    return WHOLE[int(level * 2)] if level is not None else ""


def need_words(need: Any, team: int) -> str:
    """A need in words: a skill in so many seats, a language at a level for everybody or for some."""
    words = {"name": said(need.name), "level": level_words(need.level), "n": need.number}
    if need.kind == SKILL:
        return _("%(n)s for %(name)s") % words
    if need.number >= team:
        return _("%(name)s %(level)s, everybody") % words
    return _("%(name)s %(level)s, %(n)s of them") % words


def short_need(need: Any) -> str:
    """A need in one or two words, for a row of a table."""
    name = said(need.name)
    return name if need.kind == SKILL else f"{name} {level_words(need.level)}"


def obstacle_words(code: str) -> str:
    """Why an officer cannot go on the days of a mission, from the code that matching gives."""
    words = {
        "away:leave": _("on leave on these days"),
        "away:limit": _("limited: cannot travel on these days"),
        "away:duty": _("on duty elsewhere on these days"),
        "away:posting": _("posted abroad on these days"),
        "away:mission": _("on another mission on these days"),
        "paper:passport": _("the passport expires before the last day"),
    }
    return words.get(code) or _("cannot go: %(code)s") % {"code": code}


def today_words(code: str) -> str:
    """Why an officer is not free today, from the word that matching knows."""
    words = {
        "leave": _("on leave"),
        "limit": _("limited: cannot travel"),
        "duty": _("on duty elsewhere"),
        "posting": _("posted abroad"),
        "mission": _("on a mission"),
    }
    return words.get(code, code)
