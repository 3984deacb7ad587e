"""A marked word filed in every place that takes words, through the real verbs."""

import datetime
import io
from dataclasses import dataclass, field, replace

from django.db.backends.postgresql.psycopg_any import DateRange

from tests.attacks.filing_abroad import sent_from_abroad
from tests.cast import Cast
from tests.house.facts import SheetFacts, World
from tests.house.money_doors import claims_on, payer
from vedette.agencies.viewer import Viewer
from vedette.files.actions import store
from vedette.files.models import StoredFile
from vedette.funding.actions import enter_expense
from vedette.funding.models import (
    ClaimItem,
    Commitment,
    CommitmentPart,
    Dispute,
    Expense,
    ExpenseState,
    OrderNumber,
    PostShare,
)
from vedette.handling.actions import open_one, reclassify
from vedette.handling.models import Sheet
from vedette.incidents.actions import change_incident, choose_fact, open_incident, open_topic
from vedette.incidents.actions.topics import close_topic, link_to_topic
from vedette.incidents.models import Incident
from vedette.kit.time import now, real_now
from vedette.programme.actions import (
    LegDraft,
    accept_mission,
    ask_mission,
    drop_check_in,
    drop_leg,
    drop_session,
    drop_task,
    log_meeting,
    note_promise,
    plan_check_in,
    plan_leg,
    plan_session,
    plan_task,
    record_agreement,
    record_clause,
    set_check,
    set_contact,
    settle_promise,
)
from vedette.programme.actions.missions import MissionDraft
from vedette.programme.models import Debrief, Mission, MissionMember, Observation
from vedette.reporting.actions import amend_report, ask, file_received, make_claim, refuse, set_nexus
from vedette.reporting.actions.claims import ClaimDraft
from vedette.reporting.actions.grades import grade_report
from vedette.reporting.actions.names import clear_name, confirm_name
from vedette.reporting.actions.places import set_place
from vedette.reporting.actions.received import ReceivedDraft
from vedette.reporting.actions.requests import QuestionDraft
from vedette.reporting.drafts import GradeDraft, PlaceDraft
from vedette.reporting.models import Report, TeamAnswer, TeamQuestion
from vedette.response.actions import (
    complete_order,
    decide,
    deploy,
    give_task,
    hand_over,
    load_playbooks,
    start_run,
    write_shift,
)
from vedette.sharing.actions import add_paragraph, draft_release, give_feedback, open_release, sign_release
from vedette.sharing.actions.drafting import Address
from vedette.sharing.models import Release, StandingDraft, StandingRule
from vedette.sharing.summaries import daily, draft_summary, file_summary

MARK = "Zarquonix"
TEXT = f"At dawn a man called {MARK} left the yellow house by the river with two bags and a dog."


@dataclass
class Filed:
    """Where the word was put: the report, the release that went out, and every other record."""

    report: Report
    incident: Incident
    sent: Release
    drafted: Release
    file: StoredFile
    others: list[Sheet] = field(default_factory=list)


def proved(viewer: Viewer) -> Viewer:
    return replace(viewer, proved_at=real_now())


def file_everywhere(cast: Cast) -> Filed:
    watch, analyst = cast.viewer("watch"), cast.viewer("analyst")
    report = _report(cast)
    incident = open_incident(watch, report=report, title=f"The house of {MARK}", because=f"{MARK} again")
    change_incident(watch, incident=incident, title=f"{MARK} by the river", because=f"{MARK} it is")
    claims = [
        make_claim(analyst, report=report, draft=ClaimDraft("method", "shooting", f"{MARK}’s people", quote=TEXT[:60])),
        make_claim(analyst, report=report, draft=ClaimDraft("place", f"{MARK} house", place_name=f"{MARK} house")),
    ]
    for claim in claims:
        choose_fact(watch, incident=incident, claims=[claim], because=f"{MARK} said so")
    others = _asked(cast, report) + _ordered(cast, incident, report) + _written(cast, report) + _journeyed(cast)
    others += sent_from_abroad(cast, MARK, TEXT)
    sent, drafted = _released(cast, incident)
    reclassify(
        watch, sheet=report.sheet, sensitivity=2, groups=(), named_subject=False, because=f"{MARK} is known to us"
    )
    open_one(cast.viewer("auditor"), Report, report.pk, f"a complaint about {MARK}")
    file = store(cast.viewer("officer_a"), report.sheet, io.BytesIO(f"{MARK} {TEXT}".encode()), f"{MARK}.txt").file
    return Filed(report, incident, sent, drafted, file, others)


def _report(cast: Cast) -> Report:
    watch, analyst, officer = cast.viewer("watch"), cast.viewer("analyst"), cast.viewer("officer_a")
    report = cast.report(
        text=TEXT,
        language="fr",
        gloss=f"The same: {MARK} left.",
        place=PlaceDraft(f"{MARK} house", 48.0, 2.0, 50),
        source_label=f"a friend of {MARK}",
        source_kind="host",
        nexus="possible",
        nexus_note=f"{MARK} has a cousin here",
        nexus_asked=f"{MARK}’s cousin",
        grade=GradeDraft("NATO", "B", "2"),
    )
    amend_report(officer, report=report, text=TEXT, language="en", gloss="", because=f"{MARK} was misspelt")
    grade_report(analyst, report=report, grade=GradeDraft("NATO", "B", "2"), because=f"{MARK} was seen")
    set_nexus(watch, report=report, status="possible", note=f"{MARK}, perhaps", asked=f"of {MARK}")
    set_place(watch, report=report, place=PlaceDraft(f"{MARK}’s old house", 48.0, 2.0), because=f"{MARK} lives there")
    confirm_name(analyst, report=report, text=MARK, because=f"{MARK} is a man")
    clear_name(analyst, report=report, text=MARK, because=f"{MARK} is a house")
    return report


def _asked(cast: Cast, report: Report) -> list[Sheet]:
    watch = cast.viewer("watch")
    question = ask(watch, QuestionDraft(f"Who is {MARK}?", f"{MARK} is wanted", where=f"{MARK} house", post_key="a"))
    refuse(cast.viewer("officer_a"), request=question, reason_code="not-held", text=f"{MARK} is unknown")
    bulletin = ReceivedDraft(
        sender=f"bureau of {MARK}", channel="call", received_at=now(), text=f"About {MARK}", label=MARK,
        about=report.sheet.reference,
    )  # fmt: skip
    received = file_received(watch, bulletin)
    review = (now() + datetime.timedelta(days=90)).date()
    topic = open_topic(
        cast.viewer("analyst"), title=f"Where is the {MARK} dog", wanted=f"the {MARK} dog", review_on=review
    )
    link_to_topic(cast.viewer("analyst"), topic=topic, reference=report.sheet.reference, because=f"{MARK} owns it")
    close_topic(cast.viewer("analyst"), topic=topic, because=f"{MARK} gave it away")
    return [question.sheet, received.sheet, topic.sheet]


def _ordered(cast: Cast, incident: Incident, report: Report) -> list[Sheet]:
    commander, transit = cast.viewer("commander"), cast.units["transit"]
    load_playbooks()
    run = start_run(commander, incident=incident, basis=report.sheet)
    due = now() + datetime.timedelta(hours=1)
    task = give_task(
        commander, run=run, title=f"Find {MARK}", unit=transit, due_at=due, why=f"{MARK} runs", evidence_wanted=MARK
    )
    complete_order(cast.viewer("sergeant"), order=task, outcome=f"{MARK} was gone", evidence=f"{MARK}’s bag")
    choice = decide(
        commander, run=run, what=f"What of {MARK}?", chosen=f"Leave {MARK}", options=[f"Take {MARK}"],
        because=f"{MARK} is harmless", basis=report.sheet,
    )  # fmt: skip
    guard = deploy(
        commander, unit=transit, order=f"Watch {MARK}", place=f"{MARK} house", strength=f"{MARK} team", run=run
    )
    return [task.sheet, choice.sheet, guard.sheet]


def _written(cast: Cast, report: Report) -> list[Sheet]:
    watch = cast.viewer("watch")
    line = write_shift(watch, text=f"{MARK} called")
    handed = hand_over(watch, to=cast.seats["commander"], note=f"{MARK} may call again")
    contact = set_contact(
        cast.viewer("officer_a"), post=cast.posts["a"], role=f"cousin of {MARK}", languages=["fr"], reach=f"{MARK}@host",
        conditions=f"not to {MARK}",
    )  # fmt: skip
    met = log_meeting(cast.viewer("officer_a"), contact=contact, met_at=now(), how="met", text=f"He saw {MARK}")
    summary = file_summary(watch, replace(daily(watch), title=f"The day of {MARK}", post=cast.posts["a"]))
    promised = note_promise(cast.viewer("officer_a"), meeting=met, whose="ours", text=f"A dog for {MARK}")
    settle_promise(cast.viewer("officer_a"), promise=promised, kept=True, because=f"{MARK} has it")
    return [line.sheet, handed.sheet, contact.sheet, met.sheet, summary.sheet]


def _journeyed(cast: Cast) -> list[Sheet]:
    """A mission and an expense; what only a whole journey, or another seat, writes is put in as its rows."""
    manager, day = cast.viewer("narrow"), now().date()
    draft = MissionDraft(
        title=f"Trainers for {MARK}", kind="training", country="FR", wanted_from=day, wanted_days=9, team=2,
        city=f"{MARK} town", zone="Europe/Paris", note=f"{MARK} asked", sensitivity=1,
    )  # fmt: skip
    mission = ask_mission(manager, origin="host", asker=cast.agencies["host"], draft=draft)
    accept_mission(cast.viewer("commander"), mission=mission, begins=day, days=9, place=f"{MARK} town")
    set_check(manager, mission=mission, kind="medical", state="refused", because=f"{MARK} is ill")
    drop_task(manager, task=plan_task(manager, mission=mission, title=f"Teach {MARK}"), because=f"{MARK} fled")
    session = plan_session(manager, mission=mission, title=f"With {MARK}", day=day, hours="2", trainees=2, vetted=2)
    drop_session(manager, session=session, because=f"{MARK} fled")
    owed = plan_check_in(manager, mission=mission, due=now() + datetime.timedelta(hours=9))
    drop_check_in(manager, due=owed, because=f"{MARK} knows")
    said = {"mission": mission, "since": now(), "because": f"{MARK} again"}
    MissionMember.objects.create(
        seat=cast.seats["officer_b"], days=DateRange(day, day + datetime.timedelta(days=9)), **said
    )
    Debrief.objects.create(text=f"{MARK} was there", **said)
    Observation.objects.create(element="planning", text=f"{MARK} was late", suggestion=f"Ask {MARK}", **said)
    expense = enter_expense(
        manager,
        post=cast.posts["a"],
        item="rent",
        day=day,
        amount=1,
        currency="USD",
        note=f"for {MARK}",
        order_number=MARK,
    )
    ExpenseState.objects.as_house("a test closes what stood").filter(expense=expense).update(until=now())
    ExpenseState.objects.create(expense=expense, state="refused", since=now(), because=f"{MARK} paid")
    _prepared(cast, mission)
    _accounted(cast, mission, expense)
    return [mission.sheet, expense.sheet]


def _prepared(cast: Cast, mission: Mission) -> None:
    """The way of a team, and what it is to find out."""
    manager = cast.viewer("narrow")
    begins = datetime.datetime.combine(now().date(), datetime.time(7))
    way = LegDraft(
        "road", f"{MARK} house", begins, begins + datetime.timedelta(hours=2), f"{MARK} town", reference=MARK
    )
    drop_leg(manager, leg=plan_leg(manager, way, mission=mission), because=f"{MARK} drives")
    question = TeamQuestion.objects.create(
        mission=mission, number=1, text=f"Where does {MARK} live?", since=now(), because=f"{MARK} told"
    )
    TeamAnswer.objects.create(question=question, none_because=f"{MARK} is silent", since=now())


def _accounted(cast: Cast, mission: Mission, expense: Expense) -> None:
    """A claim that is disputed, a cost to come that was released again, an order number that came later."""
    home = cast.agencies["home"].id
    claims_on(World(now(), sheets=[SheetFacts(expense.pk, home, home, now())]))
    item = ClaimItem.objects.as_house("a test disputes it").get(allocation__expense=expense)
    ended = {"until": now(), "ended_because": f"{MARK} again", "ended_by": cast.seats["narrow"].id}
    Dispute.objects.create(
        item=item, amount=1, because=f"{MARK} has paid", since=now(), outcome=Dispute.Outcome.values[0], **ended
    )
    OrderNumber.objects.create(expense=expense, number=MARK, since=now(), because=f"{MARK} sent it")
    grant, rule = payer()
    held = Commitment.objects.create(
        mission=mission, category="lodging", days=DateRange(grant.days.lower, grant.days.lower + datetime.timedelta(1)),
        amount=1, currency="USD", rate=1, rate_day=now().date(), base_amount=1, order_number=MARK, since=now(),
        because=f"{MARK} stays", **ended,
    )  # fmt: skip
    CommitmentPart.objects.create(commitment=held, grant=grant, rule=rule, amount=1)


def _released(cast: Cast, incident: Incident) -> tuple[Release, Release]:
    releasing, transit = proved(cast.viewer("releasing")), Address(unit=cast.units["transit"].id)
    sent = draft_release(releasing, incident=incident, version="order", recipients=[transit])
    add_paragraph(releasing, release=sent, text=f"keep an eye on the {MARK.lower()} house")
    sent = sign_release(releasing, release=sent)
    open_release(cast.viewer("sergeant"), release=sent.pk)
    give_feedback(cast.viewer("sergeant"), release=sent.pk, text=f"{MARK} has moved")
    drafted = draft_release(
        releasing, incident=incident, version="police", recipients=[Address(agency=cast.agencies["north"].id)]
    )
    add_paragraph(releasing, release=drafted, text=f"Ask about {MARK}.")
    _by_rule(cast, drafted)
    draft_summary(releasing, replace(daily(releasing), title=f"Bulletin on {MARK}"), [transit])
    return sent, drafted


def _by_rule(cast: Cast, drafted: Release) -> None:
    """As if a standing rule had drafted it, and a person had set it aside."""
    north, since = cast.agencies["north"], now()
    terms = record_agreement(
        key="with-north", partner=north, title="Terms", kind="sharing", signed=since.date(), expires=None
    )
    clause = record_clause(terms, number=1, text="Reports.", gate="share", effect="allows", up_to="AMBER")
    share = PostShare.objects.create(
        post=cast.posts["b"], partner=north, clause=clause, rule=payer()[1], part=3_000, since=since, because="Shared."
    )
    rule = StandingRule.objects.create(
        share=share, post=cast.posts["b"], partner=north, clause=clause, label="AMBER", last_day=since.date(), jws="x",
        since=since, by=cast.seats["releasing"], because="As agreed.",
    )  # fmt: skip
    aside = {"until": since, "by": cast.seats["releasing"], "because": f"{MARK} objects"}
    StandingDraft.objects.create(release=drafted, rule=rule, mark=b"0" * 32, since=since, drafted_at=since, **aside)
