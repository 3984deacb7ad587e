"""The screens of those who hold to account, keep the house, pay and are sent: none breaks a rule or is too wide."""

import pytest

from tests.flows.looking import Look

pytestmark = [pytest.mark.browser, pytest.mark.look]
SEATS = ("Auditor", "Administrator", "LO Paris", "Finance officer", "Duty sergeant, Emergency service unit")


def test_no_screen_that_these_seats_reach_breaks_a_rule_or_is_too_wide(walk, evening):
    look = Look(walk)
    for label in SEATS:
        look.all_of(label, "")
    assert look.found == {}
    wanted = {"/audit/trail/reference/", "/audit/proofs/", "/reports/mine/", "/settings/people/", "/orders/id/"}
    assert wanted - look.seen == set()
