"""`vedette user ...`: people and seats from the machine itself, where whoever may run this already holds the house.

Runs with Django ready and the database up, as the application's role (`config.user_command` sees to both).
"""

import argparse
import sys
import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from vedette.agencies import invitations, locks
from vedette.agencies.actions import point_of, record_agency, record_person, record_seat, record_seat_change
from vedette.agencies.models import Agency, Person, Role, Seat
from vedette.agencies.queries import agency_by_key, everyone, home_agency, open_locks
from vedette.audit.actions import record
from vedette.kit.actions import install
from vedette.kit.errors import Refused
from vedette.kit.queries import installation_kind
from vedette.kit.text import clean_line
from vedette.kit.time import real_now

BECAUSE = "on the machine"


class Problem(Exception):
    """It cannot be done; the message is one sentence with the way out."""


def options_of(argv: list[str]) -> argparse.Namespace:
    """What was typed after `vedette user`."""
    parser = argparse.ArgumentParser(prog="vedette user", description="People and seats, from the machine itself.")
    parser.add_argument("--kind", choices=("real", "demo"), default="real", help=argparse.SUPPRESS)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    setup = verbs.add_parser("setup", help="name the home agency of a new installation, and its first administrator")
    setup.add_argument("--agency", required=True, help="the home agency's name")
    setup.add_argument("--city", required=True)
    setup.add_argument("--zone", required=True, help="IANA zone, such as America/New_York")
    setup.add_argument("--country", default="", help="two letters")
    setup.add_argument("--administrator", required=True, metavar="NAME", help="the sign-in name")
    _add_options(verbs.add_parser("add", help="add a person with a seat, and print the invitation link"))
    verbs.add_parser("list", help="list people and seats, and what is locked")
    invite = verbs.add_parser("invite", help="print a new link for a person who lost every key; switch the account on")
    invite.add_argument("name")
    unlock = verbs.add_parser("unlock", help="release the locks of a person's account, or of an address")
    unlock.add_argument("name", nargs="?", default="")
    unlock.add_argument("--source", default="", help="the address that is locked")
    suspend = verbs.add_parser("suspend", help="suspend every seat of a person")
    suspend.add_argument("name")
    seat = verbs.add_parser("seat", help="give a person a further seat in the home agency")
    seat.add_argument("name")
    seat.add_argument("--role", action="append", required=True, choices=Role.values, dest="roles")
    seat.add_argument("--label", default="")
    return parser.parse_args(argv)


def _add_options(add: argparse.ArgumentParser) -> None:
    add.add_argument("name", help="the sign-in name")
    add.add_argument("--administrator", action="store_true", help="the same as --role administrator")
    add.add_argument("--label", default="", help="what others read, such as “Watch officer 2”")
    add.add_argument("--role", action="append", default=[], choices=Role.values, dest="roles")
    add.add_argument("--agency", default="", metavar="KEY", help="another agency than the home agency")
    add.add_argument("--clearance", type=int, choices=(1, 2, 3, 4), default=1)
    add.add_argument("--group", action="append", default=[], dest="groups")
    add.add_argument("--sworn", action="store_true")
    add.add_argument("--temporary", action="store_true", help="switched off after 72 hours")


def run(options: argparse.Namespace) -> int:
    """Do one of the verbs; a problem is one sentence and 1."""
    try:
        with transaction.atomic():
            return _verbs()[options.verb](options)
    except (Problem, Refused) as problem:
        print(getattr(problem, "reason", problem), file=sys.stderr)
        return 1


def _verbs() -> dict[str, Callable[[argparse.Namespace], int]]:
    return {
        "setup": _setup,
        "add": _add,
        "list": _list,
        "invite": _invite,
        "unlock": _unlock,
        "suspend": _suspend,
        "seat": _seat,
    }


def _setup(options: argparse.Namespace) -> int:
    if Agency.objects.filter(kind=Agency.Kind.HOME).exists():
        raise Problem("This installation is set up already: `vedette user add NAME --administrator` adds people.")
    if options.zone not in zoneinfo.available_timezones():
        raise Problem(f"There is no zone {options.zone!r}: name one such as America/New_York.")
    name = clean_line("agency", options.agency, required=True)
    city = clean_line("city", options.city, limit=120, required=True)
    country = options.country.upper()[:2]
    place = {"zone": options.zone, "city": city, "country": country, **point_of(city, country)}
    home = record_agency(key=slugify(name)[:60] or "home", name=name, kind=Agency.Kind.HOME, **place)
    install("real", home.id)
    record(None, "house.set_up", [home.id], BECAUSE)
    print(f"The home agency is {name}, {city}.")
    return _invited(options.administrator, "Administrator", home, ["administrator"])


def _home() -> Agency:
    try:
        return home_agency()
    except Agency.DoesNotExist as error:
        raise Problem("This installation is not set up yet: `vedette user setup --help`.") from error


def _person(name: str) -> Person:
    person = Person.objects.filter(username=locks.plain_name(name)).first()
    if person is None:
        raise Problem(f"Nobody signs in as {name!r}: `vedette user list` shows who does.")
    return person


def _add(options: argparse.Namespace) -> int:
    home = _home()
    agency = agency_by_key(options.agency) if options.agency else home
    if agency is None:
        raise Problem(f"There is no agency {options.agency!r}.")
    roles = [*options.roles, *(["administrator"] if options.administrator else [])]
    if agency.id != home.id:
        roles = ["partner"]
    if not roles:
        raise Problem("A seat without a role may do nothing: --administrator, or --role once or more.")
    values = {"clearance": options.clearance, "groups": options.groups, "sworn": options.sworn}
    return _invited(options.name, options.label or roles[0].capitalize(), agency, roles, options.temporary, **values)


def _invited(
    typed: str, label: str, agency: Agency, roles: list[str], temporary: bool = False, **values: object
) -> int:
    name = locks.plain_name(clean_line("name", typed, limit=150, required=True))
    if Person.objects.filter(username=name).exists():
        raise Problem(f"{name} is there already: `vedette user invite {name}` prints a new link.")
    person = record_person(username=name, label=label, temporary=temporary)
    seat = record_seat(person, agency, label=label, roles=roles, because=BECAUSE, since=real_now(), **values)  # type: ignore[arg-type]
    return _print_link(person, seat)


def _print_link(person: Person, seat: Seat | None = None) -> int:
    row, token = invitations.record_invitation(person, None)
    record(None, "person.invited", [person.id, row.id, seat.id if seat else None], BECAUSE)
    print(f"{person.username} is invited by this link, good once and for 72 hours:")
    print(f"{settings.PUBLIC_URL.rstrip('/')}/invitation/{token}/")
    return 0


def _invite(options: argparse.Namespace) -> int:
    person = _person(options.name)
    person.is_active, person.last_login = True, real_now()
    person.save(update_fields=["is_active", "last_login"])
    return _print_link(person)


def _list(options: argparse.Namespace) -> int:
    print(f"{installation_kind() or 'not set up'} database")
    for seat in everyone():
        person = seat.person
        state = "suspended" if seat.suspended_at else "in force" if person.is_active else "account off"
        last = f"{person.last_login:%Y-%m-%d}" if person.last_login else "never"
        print(f"{person.username:<24} {seat.label:<28} {','.join(seat.roles):<28} {state:<12} last in {last}")
    for lock in open_locks():
        who = lock.person.username if lock.person else lock.source or "a name nobody has"
        print(f"locked: {who}, since {lock.since:%Y-%m-%d %H:%M} UTC ({lock.because})")
    return 0


def _unlock(options: argparse.Namespace) -> int:
    if bool(options.name) == bool(options.source):
        raise Problem("Name a person, or an address with --source.")
    rows = [row for row in open_locks() if (row.source == options.source if options.source else True)]
    if options.name:
        person, account = _person(options.name), locks.account_key(options.name)
        rows = [row for row in rows if row.person_id == person.id or row.account == account]
    for row in rows:
        locks.record_release(row, by=[], because=BECAUSE)
        record(None, "person.released", [row.person_id, row.id], BECAUSE)
    print(f"Locks released: {len(rows)}.")
    return 0


def _suspend(options: argparse.Namespace) -> int:
    person = _person(options.name)
    rows = list(Seat.objects.filter(person=person, until__isnull=True, suspended_at__isnull=True))
    for row in rows:
        record_seat_change(row, by=None, because=BECAUSE, suspended_at=real_now())
        record(None, "person.suspended", [person.id, row.id], BECAUSE)
    print(f"Seats suspended: {len(rows)}.")
    return 0


def _seat(options: argparse.Namespace) -> int:
    person, label = _person(options.name), options.label or options.roles[0].capitalize()
    row = record_seat(person, _home(), label=label, roles=options.roles, because=BECAUSE, since=real_now())
    record(None, "person.seat_set", [person.id, row.id], BECAUSE)
    print(f"{person.username} holds the seat {label}.")
    return 0
