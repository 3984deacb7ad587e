"""The screens of those who watch, release and receive: none breaks a rule or is too wide in any size or theme."""

import pytest

from tests.flows.looking import Look

pytestmark = [pytest.mark.browser, pytest.mark.look]


def test_no_screen_that_the_desk_or_a_partner_reaches_breaks_a_rule_or_is_too_wide(walk, evening):
    look = Look(walk)
    partner = next(row for row in evening.chronology.home["partners"] if row["kind"] == "federal liaison")
    for label, agency in (
        ("Analyst 1", ""),
        ("Watch officer 1", ""),
        ("Releasing officer", ""),
        ("Duty desk", partner["name"]),
    ):
        look.all_of(label, agency)
    assert look.found == {}
    wanted = {"/", "/incidents/id/", "/response/id/", "/releases/id/", "/brief/id/", "/inbox/id/"}
    assert wanted - look.seen == set()
