"""The marked word in what comes from officers' phones: a file's name, signs of life, an alarm of duress."""

import datetime

from tests.cast import Cast
from vedette.handling.models import Sheet
from vedette.handsets.tests.phone import file_said, flash, phone_of
from vedette.kit.time import now
from vedette.programme.actions import close_duress, drop_safety_check, give_sign, report_duress, set_safety_check
from vedette.programme.positions import Position
from vedette.programme.safety import LastKnown

HOURS = datetime.timedelta(hours=2)


def sent_from_abroad(cast: Cast, mark: str, text: str) -> list[Sheet]:
    """The sheets under which it stands."""
    officer, watch = cast.viewer("officer_a"), cast.viewer("watch")
    where = Position(f"{mark} house", 48.0, 2.0, 20)
    given = set_safety_check(officer, due=now() + HOURS, position=where, note=f"meets {mark}")
    give_sign(officer, check=given, position=Position(f"{mark}’s door"))
    dropped = set_safety_check(officer, due=now() + HOURS, position=where, note=f"waits for {mark}")
    drop_safety_check(officer, check=dropped, because=f"{mark} has gone")
    alarm = report_duress(officer, last=LastKnown(now(), f"{mark} house", 48.0, 2.0, 20, "sign"))
    close_duress(watch, duress=alarm, done=f"{mark} let him go.")
    return [given.sheet, dropped.sheet, alarm.sheet, _file(cast, mark, text)]


def _file(cast: Cast, mark: str, text: str) -> Sheet:
    """A report whose file bears the word in its name, and of which a part has come."""
    phone = phone_of(cast)
    said = file_said(text.encode() * 9000, mark.encode().ljust(32, b"k"), f"{mark}.txt")
    answer = phone.send(phone.packet(body=flash(text=text), files=[said])).json()
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    kind = "application/offset+octet-stream"
    piece = phone.browser.patch(f"/api/v1/uploads/{said['id']}", b"VEDF0001" * 9, content_type=kind, headers=headers)
    assert piece.status_code == 204
    return Sheet.objects.get(id=answer["id"])
