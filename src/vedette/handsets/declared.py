"""The verbs of phones and how the log tells them."""

from vedette.handling.verbs import DESK, EVERYONE, Verb

KEEPER = frozenset({"administrator"})
WATCH = frozenset({"watch", "commander"})
CODES = {
    "phone.bundled": "took what is for him onto his phone",
    "handset.enrolled": "set up a phone",
    "handset.revoked": "revoked a phone: it wipes itself at its next contact",
    "handset.revoke_proposed": "proposed to revoke a phone",
    "handset.wiped": "wiped itself",
    "handset.listed": "was shown phones",
}
VERBS = {
    "take_bundle": Verb("carry what is for you on a phone", frozenset({"officer"}), "phone.bundled"),
    "open_on_phone": Verb("open records on a phone", EVERYONE, "sheet.opened"),
    "enrol_handset": Verb("set up a phone for the field app", frozenset({"officer"}), "handset.enrolled"),
    "see_handsets": Verb("see phones", KEEPER | WATCH | {"officer"}, "handset.listed"),
    "see_contacts": Verb("see when officers' phones made contact", DESK | {"programme"}, "handset.listed"),
    "revoke_handset": Verb("revoke a phone", KEEPER | WATCH, "handset.revoked", reauthenticate=True),
    "revoke_own_handset": Verb("revoke your own phone", EVERYONE, "handset.revoked", reauthenticate=True),
}
