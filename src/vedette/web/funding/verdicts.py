"""Who may pay, as a page shows it: each rule with its reason, the one that pays marked, or the nearest lawful way."""

from typing import Any

from vedette.funding.payers import Answer, Verdict


def verdicts_of(answer: Answer) -> dict[str, Any]:
    """What `funding/verdicts.html` draws."""
    chosen = answer.chosen
    return {
        "rows": [_row(one, chosen) for one in answer.verdicts],
        "chosen": chosen,
        "sentence": "" if chosen else answer.sentence,
        "way_round": "" if chosen else answer.way_round,
    }


def _row(one: Verdict, chosen: Verdict | None) -> dict[str, Any]:
    """A rule's answer; where its sentence begins with who would pay, his name is not said twice."""
    payers = " + ".join(share.funder.name for share in one.rule.shares.all())
    said = one.sentence
    return {
        "rule": one.rule,
        "payers": payers,
        "rest": said.removeprefix(payers) if said.startswith(payers) else "",
        "sentence": said,
        "allowed": one.allowed,
        "chosen": chosen is not None and one.rule.id == chosen.rule.id,
    }
