"""Every audit code with its sentence; a code that is not here cannot be recorded."""

SENTENCES: dict[str, str] = {
    "report.filed": "filed a report",
    "report.amended": "amended a report",
    "report.withdrawn": "withdrew a report",
    "report.confirmed": "confirmed a report that was phoned in",
    "claim.graded": "graded a statement",
    "claim.made": "wrote down a statement of a report",
    "report.graded": "graded a report",
    "source.rooted": "said what a source goes back to",
    "report.placed": "set or corrected where a report happened",
    "report.nexus_set": "answered whether there is a link to the home city",
    "name.confirmed": "marked a passage as naming a person",
    "name.cleared": "said that a marked passage names nobody",
    "file.stored": "attached a file",
    "received.filed": "filed what another agency sent",
    "request.asked": "asked for information",
    "request.routed": "passed a question on to a post",
    "request.answered": "answered a question",
    "request.refused": "refused a question, with the reason",
    "request.taken": "told another agency that its question is in hand",
    "request.thanked": "thanked for an answer",
    "sheet.opened": "opened a record",
    "sheet.listed": "was shown a list",
    "sheet.read": "was first to read a report at the desk",
    "sheet.reclassified": "changed who may see a record",
    "sheet.explained": "asked why a record can or cannot be seen",
    "person.signed_in": "signed in",
    "person.signed_out": "signed out",
    "person.seat_taken": "took a seat",
    "person.refused": "was refused at sign-in",
    "person.invited": "invited a person",
    "person.seat_set": "gave or changed a seat",
    "person.locked": "locked an account",
    "person.released": "released a locked account",
    "person.key_revoked": "revoked a key",
    "home.loaded": "loaded the home side",
    "clock.set": "set the shown clock",
    "log.moved": "found its database restored on another server",
    "key.rotated": "replaced a key of the agency",
}


def sentence(code: str) -> str:
    """What a code says after a person's name; KeyError for a code nobody declared."""
    return SENTENCES[code]


def declare(sentences: dict[str, str]) -> None:
    """Add a room's codes; the same code twice is a programming error."""
    twice = SENTENCES.keys() & sentences.keys()
    if twice:
        raise ValueError(f"Declared twice: {sorted(twice)}")
    SENTENCES.update(sentences)
