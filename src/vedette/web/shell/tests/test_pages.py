"""Pages for what went wrong say what was kept, and need neither a person nor a database."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from vedette.kit.errors import Forbidden
from vedette.web.shell import views


@pytest.mark.parametrize("name", ["400", "403", "404", "405", "413", "500", "503", "csrf"])
def test_an_error_page_renders_without_a_context(name):
    page = render_to_string(f"shell/{name}.html")
    assert "<h1>" in page and "<!DOCTYPE html>" in page
    assert "stored" in page or "for you" in page or "nothing was changed" in page


def test_the_database_being_away_says_what_was_kept_and_heals_by_itself():
    page = render_to_string("shell/503.html")
    assert "Everything stored before is safe" in page
    assert "data-heal" in page


def test_a_refusal_shows_the_reason_it_was_given():
    page = render_to_string("shell/403.html", {"problem": {"reason": str(Forbidden("Only the post may answer."))}})
    assert "Only the post may answer." in page


def test_missing_and_forbidden_pages_do_not_tell_whether_the_thing_exists():
    for page in (render_to_string("shell/404.html"), render_to_string("shell/403.html")):
        assert "Either it is not there or it is not for you." in page


def test_a_fault_is_answered_without_asking_any_context():
    assert views.server_error(RequestFactory().get("/")).status_code == 500


def test_the_demonstration_offers_each_seat_in_one_press():
    seats = [{"id": "7", "label": "Watch commander", "what": "Reads warnings."}]
    groups = [{"agency": "Rail police", "parts": [{"title": "", "seats": seats}]}]
    page = render_to_string("shell/demo_signin.html", {"groups": groups})
    assert 'name="seat" value="7"' in page
    assert "Not affiliated with, endorsed by or connected to any real agency" in page
