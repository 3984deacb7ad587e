"""The programme room: declares its verbs and audit codes."""

from django.apps import AppConfig

from vedette.audit import codes
from vedette.handling import purging, verbs
from vedette.handling.verbs import DESK, Verb
from vedette.programme.purging import PLACES, RESTING

MANAGER = frozenset({"programme"})
# An officer keeps the contacts of his own post and no other's.
AT_THE_POST = MANAGER | {"officer"}
READERS = DESK | AT_THE_POST | {"finance"}


class ProgrammeConfig(AppConfig):
    """Posts, postings, host caveats, contacts, agreements and clauses."""

    name = "vedette.programme"
    label = "programme"

    def ready(self) -> None:
        """Declare what may be done here and how the log tells it."""
        purging.declare(PLACES, RESTING)
        codes.declare(
            {
                "programme.seen": "looked at the programme",
                "post.set": "opened or changed a post",
                "post.closed": "closed a post",
                "officer.posted": "posted an officer",
                "posting.ended": "ended a posting",
                "caveat.set": "wrote down a rule of a host",
                "caveat.ended": "ended a rule of a host",
                "contact.set": "wrote down or changed a contact",
                "contact.ended": "ended a contact",
                "meeting.logged": "wrote down a meeting with a contact",
                "agreement.signed": "entered a signed agreement",
                "agreement.changed": "changed what is written of an agreement",
                "agreement.reviewed": "read an agreement again",
                "agreement.ended": "ended an agreement",
                "clause.set": "set or changed a clause of an agreement",
                "clause.ended": "ended a clause of an agreement",
            }
        )
        verbs.declare(
            {
                "see_programme": Verb("see the programme", READERS, "programme.seen"),
                "set_post": Verb("open or change a post", MANAGER, "post.set"),
                "close_post": Verb("close a post", MANAGER, "post.closed"),
                "post_officer": Verb("post an officer", MANAGER, "officer.posted"),
                "end_posting": Verb("end a posting", MANAGER, "posting.ended"),
                "set_host_caveat": Verb("write down a rule of a host", MANAGER, "caveat.set"),
                "end_host_caveat": Verb("end a rule of a host", MANAGER, "caveat.ended"),
                "set_contact": Verb("write down or change a contact", AT_THE_POST, "contact.set"),
                "end_contact": Verb("end a contact", AT_THE_POST, "contact.ended"),
                "log_meeting": Verb("write down a meeting", AT_THE_POST, "meeting.logged"),
                "sign_agreement": Verb("enter an agreement", MANAGER, "agreement.signed"),
                "change_agreement": Verb("change an agreement", MANAGER, "agreement.changed"),
                "review_agreement": Verb("read an agreement again", MANAGER, "agreement.reviewed"),
                "end_agreement": Verb("end an agreement", MANAGER, "agreement.ended"),
                "set_clause": Verb("set a clause of an agreement", MANAGER, "clause.set"),
                "end_clause": Verb("end a clause of an agreement", MANAGER, "clause.ended"),
            }
        )
