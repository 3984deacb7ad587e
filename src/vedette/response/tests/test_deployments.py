"""Units at sites: ordered, confirmed, ended."""

import datetime

import pytest

from vedette.kit.errors import Conflict, Forbidden, Refused
from vedette.response.actions import acknowledge_order, decline_order, deploy, end_deployment
from vedette.response.board import site_points, standing_deployments
from vedette.response.models import Site
from vedette.response.orders import my_orders


@pytest.fixture
def site(house):
    return Site.objects.order_by("-priority", "key").first()


@pytest.fixture
def deployment(house, run, watch, site):
    until = house.at(0) + datetime.timedelta(hours=8)
    return deploy(watch, unit=house.unit("transit"), site=site, order="Hold the mezzanine.", run=run, until=until)


def cover(house, site):
    watch = house.viewer("Watch officer 1")
    points = {point.site.id: point.state for point in site_points(watch, standing_deployments(watch))}
    return points.get(site.id, "away")


def test_a_site_is_not_confirmed_until_the_unit_acknowledges_then_covered(house, deployment, site):
    assert cover(house, site) == "unsure"
    acknowledge_order(house.sergeant("transit"), order=deployment)
    assert cover(house, site) == "covered"


def test_a_unit_that_cannot_leaves_the_site_unconfirmed(house, deployment, site):
    decline_order(house.sergeant("transit"), order=deployment, because="nobody free")
    assert cover(house, site) == "unsure"


def test_the_unit_reads_the_order_and_no_other_unit_does(house, deployment):
    assert [row.order.pk for row in my_orders(house.sergeant("transit")).waiting] == [deployment.pk]
    assert deployment.pk not in [row.order.pk for row in my_orders(house.sergeant("patrol")).waiting]


def test_a_deployment_is_over_at_its_time(house, deployment, site):
    acknowledge_order(house.sergeant("transit"), order=deployment)
    house.at(hours=8.1)
    assert cover(house, site) == "away"


def test_ending_it_uncovers_the_site_and_tells_the_unit_why(house, deployment, site, watch):
    acknowledge_order(house.sergeant("transit"), order=deployment)
    end_deployment(watch, deployment=deployment, because="relieved by patrol")
    assert cover(house, site) == "away"
    assert "relieved by patrol" in my_orders(house.sergeant("transit")).taken_back[0].because
    with pytest.raises(Conflict):
        end_deployment(watch, deployment=deployment, because="again")


def test_an_order_without_a_place_or_with_its_end_before_its_begin_is_refused(house, run, watch, site):
    unit = house.unit("transit")
    with pytest.raises(Refused) as refused:
        deploy(watch, unit=unit, order="Stand.", run=run)
    assert refused.value.field == "site"
    with pytest.raises(Refused) as refused:
        deploy(watch, unit=unit, order="Stand.", site=site, run=run, until=house.at(0))
    assert refused.value.field == "until"


def test_an_analyst_deploys_nobody(house, run, site):
    with pytest.raises(Forbidden):
        deploy(house.viewer("Analyst 1"), unit=house.unit("transit"), site=site, order="Stand.", run=run)
