"""Who may pay, as a page shows it: each rule with its reason, the one that pays marked, or the nearest lawful way."""

from typing import Any

from vedette.funding.payers import Answer


def verdicts_of(answer: Answer) -> dict[str, Any]:
    """What `funding/verdicts.html` draws."""
    chosen, nearest = answer.chosen, answer.nearest
    return {
        "rows": [
            {
                "rule": one.rule,
                "payers": " + ".join(share.funder.name for share in one.rule.shares.all()),
                "sentence": one.sentence,
                "allowed": one.allowed,
                "chosen": chosen is not None and one.rule.id == chosen.rule.id,
                "nearest": chosen is None and nearest is not None and one.rule.id == nearest.rule.id,
            }
            for one in answer.verdicts
        ],
        "chosen": chosen,
        "sentence": "" if chosen else answer.sentence,
        "way_round": "" if chosen else answer.way_round,
    }
