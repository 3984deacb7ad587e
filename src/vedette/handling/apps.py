"""The handling room: declares the verbs that keep people and their own security, which are asked here."""

from django.apps import AppConfig

from vedette.handling import verbs
from vedette.handling.verbs import EVERYONE, Verb

KEEPER = frozenset({"administrator"})
WATCH = frozenset({"watch", "commander"})


class HandlingConfig(AppConfig):
    """Control sheets, the policy, and who keeps people."""

    name = "vedette.handling"
    label = "handling"

    def ready(self) -> None:
        """Declare who may do what with people, seats, locks and the glass."""
        verbs.declare(
            {
                "see_people": Verb("see people and seats", KEEPER, "person.listed"),
                "see_rules": Verb("see the rules of the security pack", KEEPER, "person.listed"),
                "see_house": Verb("see how the house is made up", KEEPER, "person.listed"),
                "see_locks": Verb("see what is locked", KEEPER | WATCH, "person.listed"),
                "set_agency": Verb("enter or change an agency", KEEPER, "agency.set", reauthenticate=True),
                "set_unit": Verb("enter or change a unit at home", KEEPER, "unit.set", reauthenticate=True),
                "invite": Verb("invite a person", KEEPER, "person.invited", reauthenticate=True),
                "set_seat": Verb("give or change a seat", KEEPER, "person.seat_set", reauthenticate=True),
                "suspend": Verb("suspend a seat", KEEPER, "person.suspended", reauthenticate=True),
                "restore": Verb("give a suspended seat back", KEEPER, "person.restored", reauthenticate=True),
                "lock": Verb("lock an account", KEEPER | WATCH, "person.locked", reauthenticate=True),
                "release_lock": Verb("release a lock", KEEPER | WATCH, "person.released", reauthenticate=True),
                "revoke_key": Verb("revoke a passkey", KEEPER, "person.key_revoked", reauthenticate=True),
                "break_glass": Verb("break the glass", WATCH, "glass.broken", reauthenticate=True),
                "set_rule": Verb("set a rule of the security pack", KEEPER, "rule.set", reauthenticate=True),
                "acknowledge_glass": Verb(
                    "acknowledge what was seen under broken glass", EVERYONE, "glass.acknowledged", home_only=False
                ),
                "see_own_security": Verb("see your own security", EVERYONE, "person.listed", home_only=False),
                "add_own_key": Verb(
                    "add a passkey", EVERYONE, "person.key_added", home_only=False, reauthenticate=True
                ),
                "revoke_own_key": Verb(
                    "revoke your passkey", EVERYONE, "person.key_revoked", home_only=False, reauthenticate=True
                ),
                "renew_own_codes": Verb(
                    "renew your codes", EVERYONE, "person.codes_renewed", home_only=False, reauthenticate=True
                ),
                "end_own_session": Verb("end your sessions", EVERYONE, "person.session_ended", home_only=False),
            }
        )
