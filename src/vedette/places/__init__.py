"""Places: a gazetteer in many scripts, areas, time zones by point, distances."""
