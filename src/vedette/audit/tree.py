"""The Merkle tree by itself: leaves, nodes, how it grows (RFC 9162 section 2.1). Imports no Django."""

import hashlib
from collections.abc import Iterable, Mapping

EMPTY_ROOT = hashlib.sha256(b"").digest()
Node = tuple[int, int, bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: the byte 0 keeps it apart from a node (RFC 9162 section 2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 9162 section 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def edge(size: int) -> list[tuple[int, int]]:
    """Level and place of the full subtrees that a tree of this size is made of, lowest first."""
    return [(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]


class Growing:
    """A tree that only grows: it holds the full subtrees at its right edge, one for each bit of its size."""

    def __init__(self, size: int = 0, subtrees: Mapping[int, bytes] | None = None) -> None:
        self.size = size
        self.subtrees = dict(subtrees or {})
        if set(self.subtrees) != {level for level, _ in edge(size)}:
            raise ValueError(f"A tree of {size} leaves has other subtrees at its edge.")

    def add(self, leaf: bytes) -> list[Node]:
        """Append one leaf hash; the full subtrees it completes, the leaf itself first."""
        level, place, node = 0, self.size, leaf
        made = [(level, place, node)]
        while place & 1:
            node = node_hash(self.subtrees.pop(level), node)
            level, place = level + 1, place >> 1
            made.append((level, place, node))
        self.subtrees[level] = node
        self.size += 1
        return made

    def extend(self, leaves: Iterable[bytes]) -> list[Node]:
        """Append many leaf hashes."""
        return [node for leaf in leaves for node in self.add(leaf)]

    def root(self) -> bytes:
        """The root of the tree as it stands (RFC 9162 section 2.1.1)."""
        levels = sorted(self.subtrees)
        if not levels:
            return EMPTY_ROOT
        root = self.subtrees[levels[0]]
        for level in levels[1:]:
            root = node_hash(self.subtrees[level], root)
        return root
