"""Proofs that a leaf is in the log and that the log only grew (RFC 9162 section 2.1.3, 2.1.4). Imports no Django."""

from collections.abc import Callable, Sequence

from vedette.audit.tree import EMPTY_ROOT, node_hash

# Gives the hash of a full subtree by its level and place.
Getter = Callable[[int, int], bytes]
LONGEST = 64


def split(size: int) -> int:
    """The largest power of two smaller than the size (RFC 9162 section 2.1.1)."""
    return 1 << (size - 1).bit_length() - 1


def span_root(get: Getter, start: int, end: int) -> bytes:
    """The root over the leaves start to end (exclusive); start is a multiple of the span's own full size."""
    size = end - start
    if size == 0:
        return EMPTY_ROOT
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return get(level, start >> level)
    middle = start + split(size)
    return node_hash(span_root(get, start, middle), span_root(get, middle, end))


def inclusion_proof(get: Getter, index: int, size: int) -> list[bytes]:
    """The path from a leaf to the root of a tree of this size, lowest first (RFC 9162 section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"Leaf {index} is not in a tree of {size}.")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(span_root(get, middle, end))
            end = middle
        else:
            path.append(span_root(get, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(get: Getter, first: int, second: int) -> list[bytes]:
    """The proof that the tree of the first size is a prefix of the second (RFC 9162 section 2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError(f"A tree of {first} leaves is no prefix of one of {second}.")
    start, end, path, whole = 0, second, [], True
    while first != end:
        middle = start + split(end - start)
        if first <= middle:
            path.append(span_root(get, middle, end))
            end = middle
        else:
            path.append(span_root(get, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(span_root(get, start, end))
    return path[::-1]


def inclusion_holds(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a path leads from the leaf to the root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or len(path) > LONGEST:
        return False
    place, last, node = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(step, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def consistency_holds(first: int, second: int, path: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """Whether a proof shows that the second root extends the first (RFC 9162 section 2.1.4.2)."""
    if not 0 < first <= second or len(path) > 2 * LONGEST:
        return False
    if first == second:
        return not path and old == new
    steps = list(path)
    if first & (first - 1) == 0:
        steps.insert(0, old)
    if not steps:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_node = new_node = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_node, new_node = node_hash(step, old_node), node_hash(step, new_node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new_node = node_hash(new_node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old_node == old and new_node == new
