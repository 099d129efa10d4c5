"""Arguments held in the script, for the API version that cannot pass them."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slurm_cli_proxy.submission.arguments import with_arguments


def test_line_numbers_stay_as_they_are() -> None:
    script = b"#!/bin/sh\n#SBATCH -n 1\necho $1\n"
    assert with_arguments(script, [b"a"]) == b"#!/bin/sh\nset -- 'a'; #SBATCH -n 1\necho $1\n"


@pytest.mark.parametrize(
    "first", [b"#!/bin/bash", b"#! /usr/bin/env bash", b"#!/bin/sh -e", b"#!/usr/bin/env -S zsh -f"]
)
def test_shell_scripts(first: bytes) -> None:
    assert with_arguments(first + b"\n", [b"a"]) == first + b"\nset -- 'a'; "


@pytest.mark.parametrize("first", [b"#!/usr/bin/python3", b"#!/bin/csh", b"#!/usr/bin/perl -w"])
def test_other_scripts_cannot_hold_arguments(first: bytes) -> None:
    assert with_arguments(first + b"\n", [b"a"]) is None
    assert with_arguments(first + b"\n", []) == first + b"\n"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=20).filter(lambda word: b"\0" not in word), min_size=1, max_size=4))
def test_a_shell_sees_the_very_arguments(words: list[bytes]) -> None:
    script = with_arguments(b"#!/bin/sh\nprintf '%s\\0' \"$@\"\n", words)
    assert script is not None
    seen = subprocess.run(["/bin/sh", "-s"], input=script, capture_output=True, check=True).stdout
    assert seen == b"".join(word + b"\0" for word in words)
