"""What was done with a report, and which duty somebody stands on, in the reader's own language."""

from django.utils.translation import gettext as _

from vedette.handsets.deeds import Deed


def deed_words(deed: Deed) -> str:
    """One line: what was done, and with what."""
    values = {"about": deed.about, "words": deed.words}
    lines = {
        "linked": _("Linked to %(about)s, %(words)s"),
        "topic": _("Bears on %(about)s, %(words)s"),
        "graded": _("Graded %(about)s"),
        "answered": _("Answered %(about)s"),
        "thanked": _("Thanked for %(about)s: %(words)s") if deed.words else _("Thanked for %(about)s"),
        "late-closed": _("Kept as a report: %(about)s no longer waited") if deed.about else _(
            "Kept as a report: the question no longer waited"),
        "late-moved": _("Kept as a report: %(about)s is with another post by now") if deed.about else _(
            "Kept as a report: the question is with another post by now"),
        "late-gone": _("Kept as a report: the question was taken back"),
        "order": _("An order was given because of it: %(words)s"),
        "deployment": _("A unit was sent because of it: %(words)s"),
        "decision": _("A decision was taken because of it: %(words)s"),
        "released": _("%(about)s was signed and rests on it"),
        "withdrawn": _("Withdrawn: %(words)s"),
    }  # fmt: skip
    return lines[deed.kind] % values


def duty_words(duty: str) -> str:
    """A duty of the desk, as the shift calls it."""
    names = {
        "watch": _("Watch officer"),
        "watch-commander": _("Watch commander"),
        "commander": _("Commander on duty"),
        "releasing": _("Releasing officer on duty"),
    }
    return names.get(duty, duty)
