"""The agencies room: declares the audit codes of people, seats and sign-in (its verbs stand in `handling`)."""

from django.apps import AppConfig

from vedette.audit import codes


class AgenciesConfig(AppConfig):
    """Agencies, units, people, seats, sign-in."""

    name = "vedette.agencies"
    label = "agencies"

    def ready(self) -> None:
        """Declare how the log tells what happens at the door."""
        codes.declare(
            {
                "house.set_up": "set up the installation",
                "agency.set": "entered or changed an agency",
                "unit.set": "entered or changed a unit at home",
                "person.accepted": "accepted an invitation",
                "person.proved": "proved again who is asking",
                "person.proof_refused": "could not prove who is asking",
                "person.screen_locked": "locked the screen",
                "person.session_ended": "ended a session",
                "person.key_added": "added a passkey",
                "person.codes_renewed": "renewed the codes of an account",
                "person.way_locked": "had a way of signing in locked after wrong tries",
                "person.lock_proposed": "proposed to lock an account or to release it",
                "person.flood": "saw a flood of wrong tries at sign-in",
                "person.expired": "had an account switched off: unused or past its time",
                "person.suspended": "suspended a seat",
                "person.restored": "gave a suspended seat back",
                "rule.set": "set a clock or count of the security pack",
                "person.listed": "was shown people and seats",
                "glass.broken": "broke the glass: saw all for a time",
                "glass.acknowledged": "took notice of what was seen under broken glass",
            }
        )
