"""Cutting shapes at the 180th meridian."""

from itertools import pairwise

from vedette.places.topology import Topology, cut_at_antimeridian, cut_line_at_antimeridian, smooth

DOCUMENT = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [[[0, 0], [0, 10]], [[0, 10], [-10, 0], [0, -10], [10, 0]], [[0, 10], [10, 0], [0, -10], [-10, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "1", "properties": {"name": "West"}, "arcs": [[0, 1]]},
                {"type": "Polygon", "id": "2", "properties": {"name": "East"}, "arcs": [[0, 2]]},
            ]
        }
    },
}


def area(ring: list[tuple[float, float]]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


def test_a_border_is_the_arc_that_two_countries_share() -> None:
    topology = Topology(DOCUMENT)
    assert topology.shared_lines("countries") == [[(0, 0), (0, 10)]]
    west, east = topology.shapes("countries")
    assert (west.name, east.id) == ("West", "2")
    assert west.polygons[0][0][0] == west.polygons[0][0][-1]


def test_a_shape_across_the_date_line_becomes_two_that_keep_its_size() -> None:
    ring = [(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)]
    pieces = cut_at_antimeridian([ring])
    assert len(pieces) == 2
    assert sum(area(piece[0]) for piece in pieces) == 200
    assert all(-180 <= x <= 180 for piece in pieces for x, _ in piece[0])
    assert all(max(x for x, _ in piece[0]) - min(x for x, _ in piece[0]) == 10 for piece in pieces)


def test_a_ring_round_the_pole_is_closed_along_the_bottom_of_the_map() -> None:
    ring = [(float(lon), -70.0) for lon in range(-180, 180, 10)]
    ring.append((-180.0, -70.0))
    (piece,) = cut_at_antimeridian([ring])
    assert min(y for _, y in piece[0]) == -90
    assert area(piece[0]) == 360 * 20


def test_a_shape_away_from_the_date_line_is_left_alone_with_its_hole() -> None:
    outer = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 0.0)]
    hole = [(6.0, 1.0), (7.0, 1.0), (7.0, 2.0), (6.0, 1.0)]
    assert cut_at_antimeridian([outer, hole]) == [[outer, hole]]


def test_a_line_across_the_date_line_ends_there_and_goes_on_beyond() -> None:
    first, second = cut_line_at_antimeridian([(179.0, 0.0), (-179.0, 2.0)])
    assert first == [(179.0, 0.0), (180.0, 1.0)]
    assert second == [(-180.0, 1.0), (-179.0, 2.0)]


def test_a_smoothed_line_keeps_its_ends() -> None:
    line = [(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)]
    rounded = smooth(line)
    assert (rounded[0], rounded[-1]) == (line[0], line[-1])
    assert max(y for _, y in rounded) < 1
