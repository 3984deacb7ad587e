"""The statement of a year as the paper takes it: sums in whole units, days in words."""

from decimal import Decimal

from babel.numbers import get_currency_precision

from vedette.account.statement import Year, YearlyStatement
from vedette.account.value import PostValue
from vedette.agencies.queries import home_agency
from vedette.formats.statement import Statement, StatementPayer, StatementPost, StatementYear
from vedette.funding.queries import books
from vedette.kit.queries import installation_kind
from vedette.kit.time import now
from vedette.programme.rota import day_words


def paper_of(said: YearlyStatement) -> Statement:
    """Everything that the page of a statement says."""
    home, currency, value = home_agency(), books().currency, said.year.value
    places = get_currency_precision(currency)

    def whole(minor: int) -> Decimal:
        return Decimal(minor).scaleb(-places)

    last = value.ends.date().replace(day=value.ends.day)
    return Statement(
        home=home.name,
        title=f"Overseas liaison, {said.year.name}",
        days=f"{day_words(value.begins.date())} up to {day_words(last)}",
        made=day_words(now().date()),
        currency=currency,
        places=places,
        posts=tuple(_post(row, whole(row.cost)) for row in value.posts),
        payers=tuple(StatementPayer(one.name, whole(one.borne), whole(one.in_kind)) for one in said.bearers),
        years=tuple(_year(one, whole(one.cost)) for one in said.before),
        releases=value.releases,
        told=value.told,
        acknowledged=value.acknowledged,
        told_ours=value.told_ours,
        acknowledged_ours=value.acknowledged_ours,
        missions=said.missions,
        trainees=said.trainees,
        missions_cost=whole(value.missions_cost),
        few=value.few,
        uncertain=tuple(said.uncertain),
        notice="" if installation_kind() == "real" else "Demonstration",
        lead=said.year.lead,
        not_compared=value.not_compared,
        about=said.about,
    )


def _post(row: PostValue, cost: Decimal) -> StatementPost:
    compared = len({lead.report for lead in row.leads})
    return StatementPost(
        row.post.city,
        cost,
        row.reports,
        row.acted_on,
        row.median_lead,
        compared,
        row.asked,
        row.answered,
        row.median_wait,
    )


def _year(year: Year, cost: Decimal) -> StatementYear:
    return StatementYear(year.name, cost, year.value.reports, year.value.acted_on, year.lead)
