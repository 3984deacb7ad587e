"""Routes of my orders."""

from django.urls import path

from vedette.web.orders import views

ORDER = "orders/<uuid:key>/"

urlpatterns = [
    path("orders/", views.orders, name="orders"),
    path("orders/roll-call/", views.roll_call, name="orders_roll_call"),
    path(ORDER, views.order, name="orders_order"),
    path(f"{ORDER}acknowledge/", views.acknowledge, name="orders_acknowledge"),
    path(f"{ORDER}done/", views.complete, name="orders_done"),
    path(f"{ORDER}cannot/", views.cannot, name="orders_cannot"),
]
