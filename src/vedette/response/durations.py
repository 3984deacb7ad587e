"""Lengths of time as playbooks write them: ISO 8601 durations without months and years, which have no one length."""

import datetime
import re

FORM = re.compile(
    r"^P(?!$)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?$"
)


def parse_duration(text: str) -> datetime.timedelta:
    """`PT5M`, `P3D`, `P1DT12H` as a length of time; a day is 24 hours. ValueError for anything else (ISO 8601-1 5.5.2)."""
    found = FORM.match(text)
    if found is None:
        raise ValueError(f"“{text}” is not a duration like PT5M or P3D.")
    return datetime.timedelta(**{name: int(value) for name, value in found.groupdict().items() if value})
