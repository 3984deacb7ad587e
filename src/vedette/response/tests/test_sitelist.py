"""A list of protected sites: which rows are the same site and which are two."""

from vedette.response.sitelist import read_list

HEADS = "name,kind,lat,lon\n"
LONG = "Consulate General of the Northern Federation"


def keys(*names):
    return [
        row.draft.key for row in read_list((HEADS + "".join(f"{name},mission,40.7,-74\n" for name in names)).encode())
    ]


def test_two_long_names_that_begin_alike_are_two_sites_and_the_same_name_again_is_the_same():
    one, annex = keys(LONG, f"{LONG}: Annex")
    assert one != annex and max(map(len, (one, annex))) <= 40
    assert keys(LONG) == [one] and keys("Grand Central") == ["grand-central"]


def test_names_of_signs_alone_are_sites_of_their_own():
    assert len(set(keys("!!!", "???"))) == 2
