"""GET /api/v1/orders: what the asker's unit is asked to do, the most urgent first."""

from django.http import HttpRequest
from ninja import Router, Schema

from vedette.api.tasks.shapes import TaskOut, task_out
from vedette.handling.doors import viewer_of_request
from vedette.response.orders import my_orders

router = Router(tags=["response"])


class OrdersOut(Schema):
    """The unit and its orders in force; those finished in the last 24 hours."""

    unit: str
    in_force: list[TaskOut]
    finished: list[TaskOut]


@router.get("", response=OrdersOut, summary="My orders")
def mine(request: HttpRequest) -> OrdersOut:
    """list; serves orders.api."""
    found = my_orders(viewer_of_request(request))
    return OrdersOut(
        unit=found.unit.name if found.unit else "",
        in_force=[task_out(row) for row in found.in_force],
        finished=[task_out(row) for row in found.finished],
    )
