"""The desk that plays itself: one fixed rule, through the doors a watch officer has; it never reads labels."""

from typing import Any

from vedette.demo.people import Cast


class Desk:
    """Links each report to the first proposal that passes the product's threshold, else opens an incident."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.incident_of: dict[str, str] = {}

    def take(self, report: str) -> str:
        """Read, link or open; returns the incident the report went to."""
        watch = self.cast.watch
        offers: list[dict[str, Any]] = watch.get(f"/api/v1/reports/{report}/offers")
        if offers and offers[0]["passes"]:
            best = offers[0]
            body = {"report": report, "score": best["score"], "reasons": best["reasons"]}
            watch.post(f"/api/v1/incidents/{best['incident']}/links", body)
            incident = str(best["incident"])
        else:
            incident = str(watch.post("/api/v1/incidents", {"report": report})["id"])
        self.incident_of[report] = incident
        return incident
