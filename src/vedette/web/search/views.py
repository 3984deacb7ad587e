"""Search: one box over everything the viewer may see, each hit with its reason; and the finds of the palette."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vedette.handling.actions import record_list
from vedette.handling.doors import door, viewer_of_request
from vedette.search.queries import count, find
from vedette.web.search.found import found, kind_words

PALETTE = 8


@door("list", serves="search")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The box, the kinds with their counts, the hits."""
    viewer = viewer_of_request(request)
    asked, kind = request.GET.get("q", "").strip()[:200], request.GET.get("kind", "")
    kinds = kind_words()
    chosen = kind if kind in kinds else ""
    hits = find(viewer, asked, chosen)
    if viewer is not None:
        record_list(viewer, [hit.sheet_id for hit in hits])
    counts = {name: count(viewer, asked, name) for name in kinds} if asked else {}
    facets = [(name, words, counts[name], name == chosen) for name, words in kinds.items() if counts.get(name)]
    context = {"asked": asked, "chosen": chosen, "facets": facets, "total": sum(counts.values())}
    context["shown"] = [found(hit) for hit in hits]
    return render(request, "search/page.html", context)


@door("list", serves="search palette")
@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """The best hits as the palette draws them: label, href, why, icon."""
    viewer = viewer_of_request(request)
    hits = find(viewer, request.GET.get("q", "")[:200], limit=PALETTE)
    if viewer is not None:
        record_list(viewer, [hit.sheet_id for hit in hits])
    rows = [found(hit) for hit in hits]
    results = [
        {"label": row.hit.title or row.hit.reference, "why": row.hit.reference, "href": row.href, "icon": row.icon}
        for row in rows
    ]
    return JsonResponse({"results": results})
