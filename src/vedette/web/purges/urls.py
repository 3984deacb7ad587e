"""Routes of the purges."""

from django.urls import path

from vedette.web.purges import views

urlpatterns = [
    path("audit/purges/", views.orders_page, name="purges"),
    path("audit/purges/ask/<str:reference>/", views.ask_page, name="purge_ask"),
    path("audit/purges/<uuid:key>/", views.order_page, name="purge_order"),
    path("audit/purges/<uuid:key>/decide/", views.decide, name="purge_decide"),
]
