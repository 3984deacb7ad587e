"""Routes of the desk."""

from django.urls import path

from vedette.web.desk import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("desk/reports/<str:report>/", views.report_pane, name="desk_report"),
    path("desk/reports/<str:report>/read/", views.acknowledge, name="desk_acknowledge"),
    path("desk/reports/<str:report>/withdraw/", views.withdraw, name="desk_withdraw"),
]
