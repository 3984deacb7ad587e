"""Routes of the response: boards, one order, the desk's verbs on them."""

from django.urls import path

from vedette.web.response import changes, views

RUN = "response/<uuid:key>/"
ORDER = "response/orders/<uuid:key>/"

urlpatterns = [
    path("response/", views.responses, name="response"),
    path("response/start/", changes.start, name="response_start"),
    path(RUN, views.board, name="response_board"),
    path(f"{RUN}print/", views.print_order, name="response_print"),
    path(f"{RUN}give/", changes.give, name="response_give"),
    path(f"{RUN}deploy/", changes.deploy_unit, name="response_deploy"),
    path(f"{RUN}decide/", changes.take_decision, name="response_decide"),
    path(f"{RUN}end/", changes.end, name="response_end"),
    path(ORDER, views.order, name="response_order"),
    path(f"{ORDER}acknowledge/", changes.acknowledge, name="response_acknowledge"),
    path(f"{ORDER}complete/", changes.complete, name="response_complete"),
    path(f"{ORDER}cannot/", changes.cannot, name="response_cannot"),
    path(f"{ORDER}pass-on/", changes.hand_on, name="response_pass_on"),
    path(f"{ORDER}end/", changes.end_standing, name="response_end_deployment"),
]
