"""The tree and its proofs, held against published vectors and against an independent program."""

import random

import pymerkle
import pytest

from vedette.audit.proofs import (
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    span_root,
)
from vedette.audit.tree import EMPTY_ROOT, Growing, leaf_hash

# The reference data of Certificate Transparency (RFC 6962, whose tree RFC 9162 keeps): eight leaves and their roots.
VECTOR = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Kept:
    """A tree that keeps every node and every root."""

    def __init__(self, leaves) -> None:
        self.nodes, self.roots, tree = {}, [EMPTY_ROOT], Growing()
        for leaf in leaves:
            self.nodes |= {(level, place): value for level, place, value in tree.add(leaf)}
            self.roots.append(tree.root())

    def get(self, level: int, place: int) -> bytes:
        return self.nodes[level, place]


@pytest.fixture(scope="module")
def leaves() -> list[bytes]:
    return [leaf_hash(f"entry {number}".encode()) for number in range(70)]


@pytest.fixture(scope="module")
def kept(leaves) -> Kept:
    return Kept(leaves)


def test_the_roots_are_those_of_the_published_vectors():
    kept = Kept([leaf_hash(bytes.fromhex(text)) for text in VECTOR])
    assert [root.hex() for root in kept.roots[1:]] == ROOTS


def test_the_published_proofs_are_made_and_taken():
    kept = Kept([leaf_hash(bytes.fromhex(text)) for text in VECTOR])
    path = [step.hex() for step in inclusion_proof(kept.get, 5, 8)]
    assert path == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [step.hex() for step in consistency_proof(kept.get, 6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_leaf_of_every_size_is_proved_and_no_other(leaves, kept):
    for size in range(1, 71):
        assert span_root(kept.get, 0, size) == kept.roots[size]
        for index in range(size):
            path = inclusion_proof(kept.get, index, size)
            assert inclusion_holds(leaves[index], index, size, path, kept.roots[size])
            assert not inclusion_holds(leaves[index - 1], index, size, path, kept.roots[size]) or size == 1
            assert not inclusion_holds(leaves[index], index, size, [*path, leaves[0]], kept.roots[size])
            if path:
                assert not inclusion_holds(leaves[index], index, size, path[:-1], kept.roots[size])


def test_every_prefix_is_proved_and_no_other(kept):
    for second in range(1, 71):
        for first in range(1, second + 1):
            path = consistency_proof(kept.get, first, second)
            assert consistency_holds(first, second, path, kept.roots[first], kept.roots[second])
            assert not consistency_holds(first, second, path, kept.roots[first - 1], kept.roots[second])
            if path:
                assert not consistency_holds(first, second, path[1:], kept.roots[first], kept.roots[second])


@pytest.mark.peer
def test_an_independent_program_makes_the_same_roots_and_takes_our_proofs():
    rows = [random.Random(7).randbytes(40) for _ in range(100)]
    kept = Kept([leaf_hash(row) for row in rows])
    peer = pymerkle.InmemoryTree(algorithm="sha256")
    for row in rows:
        peer.append_entry(row)
    for size in (1, 2, 3, 31, 64, 65, 100):
        assert peer.get_root(size) == kept.roots[size]
        for index in {0, size // 2, size - 1}:
            theirs = peer.prove_inclusion(index + 1, size)
            pymerkle.verify_inclusion(leaf_hash(rows[index]), kept.roots[size], theirs)
            ours = inclusion_proof(kept.get, index, size)
            assert [bytes(step) for step in theirs.path][1:] == ours
