"""What the server's own door does with a request before Django sees it."""

from vedette.config.asgi import one_cookie


def test_cookies_that_http_2_sends_one_by_one_are_one_again_and_nothing_else_is_touched():
    split = [(b"host", b"desk"), (b"cookie", b"a=1"), (b"accept", b"x"), (b"accept", b"y"), (b"cookie", b"b=2; c=3")]
    assert one_cookie(split) == [
        (b"host", b"desk"),
        (b"accept", b"x"),
        (b"accept", b"y"),
        (b"cookie", b"a=1; b=2; c=3"),
    ]
    whole = [(b"host", b"desk"), (b"cookie", b"a=1; b=2")]
    assert one_cookie(whole) == whole and one_cookie([]) == []
