"""Expected values were read off `scontrol show hostlist|hostlistsorted|hostnames` of 22.05, 24.11 and 26.05."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation.hostlist import HostlistError, compress, compress_sorted, expand

OLD, NEW = (22, 5), (26, 5)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("n1", ["n1"]),
        ("a,,b,", ["a", "b"]),
        ("a b\tc", ["a", "b", "c"]),
        ("n[1-3,7]", ["n1", "n2", "n3", "n7"]),
        ("n[08-11]", ["n08", "n09", "n10", "n11"]),
        ("n[001-2]", ["n001", "n002"]),
        ("n[1-02]", ["n1", "n2"]),
        ("n[1-]", ["n1"]),
        ("n[1 - 2]", ["n01", "n02"]),
        ("r[1-2]n[01-02]", ["r1n01", "r1n02", "r2n01", "r2n02"]),
        ("[0-1][0-1][0-1]", ["000", "001", "100", "101", "010", "011", "110", "111"]),
        ("[1-2]", ["1", "2"]),
        ("n[[1-2]", ["n[1", "n[2"]),
        ("n]", ["n]"]),
        ("n1-2", ["n1-2"]),
        ("n[1,2,1]", ["n1", "n2", "n1"]),
        ("n99999999999999999999", ["n18446744073709551615"]),
    ],
)
@pytest.mark.parametrize("release", [OLD, NEW])
def test_expand(text: str, names: list[str], release: tuple[int, int]) -> None:
    assert expand(text, release) == names


def test_expand_differs_by_release() -> None:
    assert expand("n[1-2]x,a\nb", NEW) == ["n1x", "n2x", "a", "b"]
    assert expand("a\nb", OLD) == ["a\nb"]
    assert expand("n[1-", OLD) == ["n]"]
    for text, release in (("n[1-2]x", OLD), ("n[1-2]]", OLD), ("n[1-", NEW)):
        with pytest.raises(HostlistError) as caught:
            expand(text, release)
        assert (str(caught.value), caught.value.log) == (f"Invalid hostlist: {text}", "")


@pytest.mark.parametrize(
    ("text", "log"),
    [
        ("n[3-1]", "_parse_single_range: Invalid range: `3-1'"),
        ("n[]", "_parse_single_range: Invalid range: `'"),
        ("n[a]", "_parse_single_range: Invalid range: `a'"),
        ("n[-2]", "_parse_single_range: Invalid range: `-2'"),
        ("n[1,,2]", "_parse_single_range: Invalid range: `'"),
        ("a,n[0-65536]", "_parse_single_range: Too many hosts in range `0-65536'"),
    ],
)
@pytest.mark.parametrize("release", [OLD, NEW])
def test_invalid(text: str, log: str, release: tuple[int, int]) -> None:
    with pytest.raises(HostlistError) as caught:
        expand(text, release)
    assert (str(caught.value), caught.value.log) == (f"Invalid hostlist: {text}", log)


@pytest.mark.parametrize(
    ("text", "kept", "in_order"),
    [
        ("n1,n2,n3", "n[1-3]", "n[1-3]"),
        ("n3,n2,n1", "n[3,2,1]", "n[1-3]"),
        ("n1,n1", "n[1,1]", "n[1,1]"),
        ("n01,n1", "n[01,1]", "n[1,01]"),
        ("n09,n10", "n[09-10]", "n[09-10]"),
        ("n9,n10", "n[9-10]", "n[9-10]"),
        ("n[1-2],m,n3", "n[1-2],m,n3", "m,n[1-3]"),
        ("r[1-2]n[01-04]", "r1n[01-04],r2n[01-04]", "r1n[01-04],r2n[01-04]"),
        ("n[1-4],n[2-3]", "n[1-4,2-3]", "n[1-2,2-3,3-4]"),
        ("a10b3,a2b3,02,n", "a10b3,a2b3,02,n", "02,a2b3,a10b3,n"),
        ("n02,r1x,n9,n10,n9", "n02,r1x,n[9-10,9]", "n[9,9-10,02],r1x"),
        ("node,node,node1", "node,node,node1", "node,node,node1"),
    ],
)
def test_compress(text: str, kept: str, in_order: str) -> None:
    assert compress(expand(text)) == kept
    assert compress_sorted(expand(text)) == in_order


def test_unique() -> None:
    assert compress_sorted(expand("n[2-4],n3,m,m,n01,n1"), unique=True) == "m,n[1-4,01]"


names = st.builds(
    lambda prefix, number: prefix + number,
    st.sampled_from(["n", "gpu", "r1n", "r10n", "r2n", "n-", "a_b.c"]),
    st.one_of(st.just(""), st.text("0189", min_size=1, max_size=4)),
)


@given(st.lists(names, max_size=40))
def test_round_trip(hosts: list[str]) -> None:
    assert expand(compress(hosts)) == hosts
    assert sorted(expand(compress_sorted(hosts))) == sorted(hosts)
    assert sorted(expand(compress_sorted(hosts, unique=True))) == sorted(set(hosts))


def test_many() -> None:
    hosts = [f"n{number:05}" for number in range(1, 20001)]
    assert compress(hosts) == "n[00001-20000]"
    assert expand("n[00001-20000]") == hosts
    assert compress_sorted(reversed(hosts)) == "n[00001-20000]"
