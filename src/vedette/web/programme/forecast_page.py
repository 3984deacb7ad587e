"""What the forecast draws: the posts by month with what they lose, and each loss with who could fill it."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from vedette.agencies.viewer import Viewer
from vedette.handling.models import Sensitivity
from vedette.kit.said import said
from vedette.kit.time import now
from vedette.programme.actions import read_forecast
from vedette.programme.forecast import CLEARANCE, Fill, Item, PostForecast, Turn
from vedette.programme.models import Qualification
from vedette.web.parts.times import written
from vedette.web.programme.mission_words import level_words, obstacle_words
from vedette.web.programme.pages import shell_context

Kind = Qualification.Kind
MONTHS = 12


def forecast_context(viewer: Viewer | None) -> dict[str, Any]:
    """Twelve months from this one; a cell holds what a post loses in a month, the list below by what and who could fill."""
    rows = read_forecast(viewer)
    today = now().date()
    months = [(today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1) for n in range(MONTHS)]
    return {
        **shell_context(viewer, "forecast"),
        "months": [written(datetime.date(year, month, 1), "M Y") for year, month in months],
        "rows": [_row(row, months) for row in rows],
        "losses": sum(len(turn.lost) for row in rows for turn in row.turns),
        "unfilled": sum(1 for row in rows for turn in row.turns if not _whole(turn)),
    }


def _row(row: PostForecast, months: list[tuple[int, int]]) -> dict[str, Any]:
    cells: list[list[str]] = [[] for _month in months]
    for turn in row.turns:
        # What ran out yesterday stands in this month: it is lost from today on.
        place = months.index((turn.day.year, turn.day.month)) if (turn.day.year, turn.day.month) in months else 0
        cells[place] += [item_words(one.item) for one in turn.lost]
    return {"post": row.coverage.post, "cells": cells, "turns": [_turn(turn) for turn in row.turns]}


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "turn": turn,
        "why": why_words(turn),
        "lost": [item_words(one.item) for one in turn.lost],
        "kept": [_("%(what)s: kept by %(who)s") % {"what": item_words(one.item), "who": one.kept_by} for one in turn.losses if one.kept_by],
        "fills": [_fill(one) for one in turn.fills],
        "whole": _whole(turn),
    }  # fmt: skip


def _fill(one: Fill) -> dict[str, Any]:
    return {
        "row": one,
        "brings": [item_words(item) for item in one.fills],
        "lacks": [item_words(item) for item in one.lacks],
        "obstacles": [obstacle_words(code) for code in one.obstacles],
    }


def _whole(turn: Turn) -> bool:
    """Whether somebody who is free brings all that is lost; a certificate is renewed by its holder."""
    return turn.renewed or any(not one.lacks and not one.obstacles for one in turn.fills)


def item_words(item: Item) -> str:
    """What is lost, in a word or two."""
    if item.kind == CLEARANCE:
        return _("clearance “%(level)s”") % {"level": said(Sensitivity(int(item.level or 1)).label)}
    name = said(item.name)
    return f"{name} {level_words(item.level)}" if item.kind == Kind.LANGUAGE else name


def why_words(turn: Turn) -> str:
    """By whose leaving or which paper."""
    words = {
        "posting": _("the posting of %(who)s ends"),
        "visa": _("the visa of %(who)s runs out"),
        "accreditation": _("the accreditation of %(who)s runs out"),
        "certificate": _("a certificate of %(who)s runs out"),
        "language": _("the language test of %(who)s runs out"),
        "skill": _("the proof of a skill of %(who)s runs out"),
    }
    return words[turn.why] % {"who": turn.seat.label}
