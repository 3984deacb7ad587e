"""Static files go out as brotli to whoever takes it; nothing with a record in it does."""

import brotli
import pytest

ASKED = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize(
    "path",
    ["/static/shell/tokens.css", "/static/field/app.js", "/field", "/field/sw.js"],
)
def test_a_file_that_is_the_same_for_everybody_goes_out_small_and_whole(client, db, path):
    small, plain = client.get(path, headers=ASKED), client.get(path)
    whole = plain.getvalue()
    assert small["Content-Encoding"] == "br"
    assert int(small["Content-Length"]) == len(small.content) < len(whole) / 2
    assert brotli.decompress(small.content) == whole
    assert "Accept-Encoding" in small["Vary"] and "Accept-Encoding" in plain["Vary"]
    assert "Content-Encoding" not in plain


def test_a_part_of_a_file_a_picture_and_a_page_are_left_as_they_are(client, db):
    part = client.get("/static/field/app.js", headers={**ASKED, "Range": "bytes=0-9"})
    assert part.status_code == 206 and "Content-Encoding" not in part
    part.close()
    for path in ("/static/vendor/fonts/inter-latin.woff2", "/sign-in/"):
        left = client.get(path, headers=ASKED)
        assert "Content-Encoding" not in left
        left.close()


def test_who_has_it_already_is_told_so(client, db):
    first = client.get("/static/shell/tokens.css", headers=ASKED)
    again = client.get("/static/shell/tokens.css", headers={**ASKED, "If-None-Match": first["ETag"]})
    assert again.status_code == 304
