"""How every bench prints a figure: name, value, the floor or peer of the same run, ratio, bar, ok or short."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEADER = f"{'figure':<44} {'value':>14} {'floor or peer':>14} {'ratio':>8} {'bar':>9}"


@dataclass(frozen=True)
class Figure:
    """One figure beside its floor or peer, measured in the same run; ratio and bar decide."""

    name: str
    value: float
    peer: float
    ratio: float
    bar: float
    at_least: bool = False
    unit: str = ""

    @property
    def reached(self) -> bool:
        """Whether the ratio is on the right side of the bar."""
        return self.ratio >= self.bar if self.at_least else self.ratio <= self.bar

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        said = "ok" if self.reached else "SHORT"
        value, peer = f"{self.value:,.2f}{self.unit}", f"{self.peer:,.2f}{self.unit}"
        return f"{self.name:<44} {value:>14} {peer:>14} {self.ratio:>8.3f} {sign} {self.bar:<6g} {said}"


def show(figures: Sequence[Figure]) -> int:
    """Print the figures, one a line; 0 when each reached its bar, else 1."""
    print(HEADER)
    for figure in figures:
        print(figure, flush=True)
    return 0 if all(figure.reached for figure in figures) else 1


def alternate(one: Callable[[], float], other: Callable[[], float], rounds: int) -> list[tuple[float, float, float]]:
    """Measure A B A so many times: what drifts on a shared machine falls on both; the first A against the last is the
    control, which says how much of a ratio is noise."""
    return [(one(), other(), one()) for _ in range(rounds)]


def ratio_and_control(rounds: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Median of mean(A)/B, and the median of the control A/A, both as throughput ratios."""
    ratios = [(first + last) / 2 / middle for first, middle, last in rounds]
    controls = [first / last for first, _, last in rounds]
    return statistics.median(ratios), statistics.median(controls)
