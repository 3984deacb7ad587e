"""Routes of reports: one's own, a new one, the work beside one, its files."""

from django.urls import path

from vedette.web.reports import views, work
from vedette.web.reports.download import download
from vedette.web.reports.receipts import receipts

urlpatterns = [
    path("reports/mine/", views.mine, name="my_reports"),
    path("reports/new/", views.new, name="new_report"),
    path("reports/places/", views.places, name="report_places"),
    path("reports/<str:report>/confirm/", views.confirm, name="confirm_report"),
    path("reports/<str:report>/pane/", work.pane, name="report_work"),
    path("reports/<str:report>/receipts/", receipts, name="report_receipts"),
    path("reports/<str:report>/grade/", work.grade, name="grade_report"),
    path("reports/<str:report>/claims/", work.claim, name="make_claim"),
    path("reports/<str:report>/claims/<str:claim>/grade/", work.grade_one, name="grade_claim"),
    path("reports/<str:report>/root/", work.root, name="set_root_source"),
    path("reports/<str:report>/nexus/", work.nexus, name="set_nexus"),
    path("reports/<str:report>/place/", work.place, name="set_place"),
    path("reports/<str:report>/place/<str:offer>/", work.photo_place, name="photo_place"),
    path("reports/<str:report>/amend/", work.amend, name="amend_report"),
    path("reports/<str:report>/names/", work.name, name="confirm_name"),
    path("reports/<str:report>/names/clear/", work.clear, name="clear_name"),
    path("reports/<str:report>/files/", work.attach_file, name="attach_file"),
    path("files/<str:file>/", download, name="file"),
]
