"""Routes of the value of the programme."""

from django.urls import path

from vedette.web.value import views

urlpatterns = [
    path("funding/value/", views.value, name="value"),
    path("funding/value/chains/", views.chains, name="value_chains"),
    path("funding/value/<int:year>/statement.pdf", views.statement, name="value_statement"),
    path("funding/value/<int:year>/statement.xlsx", views.workbook, name="value_workbook"),
]
