"""Words after verbs that the API cannot carry out."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.commands.scontrol import VERBS, unable
from slurm_cli_proxy.commands.scontrol.verb_words import CHECKS
from slurm_cli_proxy.commands.scontrol.wrong import Wrong

OLD, NEW, NEWEST = (22, 5), (24, 11), (26, 5)


@pytest.mark.parametrize(
    ("verb", "words", "release", "expected"),
    [
        ("shutdown", ["slurmctld"], NEW, None),
        ("shutdown", ["foo"], NEW, Wrong("invalid shutdown argument:foo\n")),
        ("setdebug", ["DEBUG5"], NEW, None),
        ("setdebug", ["10"], NEW, Wrong("invalid debug level: 10\n", muted=True)),
        ("fsdampeningfactor", ["0"], NEW, Wrong("invalid dampening factor: 0\n", 0, muted=True)),
        ("fsdampeningfactor", ["0"], NEWEST, Wrong("invalid dampening factor: 0\n", 1, muted=True)),
        ("token", ["LifeSpan=5", "username=x"], NEW, None),
        ("token", ["lifespan=x"], OLD, None),
        ("reboot_nodes", ["asap", "nextstate=down", "reason=x", "node1"], NEW, None),
        ("reboot_nodes", ["asap"], NEW, Wrong("Missing node list. Specify ALL|<NodeList>\n")),
        ("reboot_nodes", [], NEWEST, Wrong("Missing node list. Specify ALL|<NodeList>")),
        ("suspend", ["5,6", "x"], NEW, None),
        ("suspend", [""], NEW, Wrong("", 0, muted=True)),
        ("suspend", ["x"], NEW, Wrong("Invalid job id specified for job x\n", muted=True)),
        ("top", ["x"], NEW, None),
    ],
)
def test_wrong(verb: str, words: list[str], release: tuple[int, int], expected: Wrong | None) -> None:
    check = CHECKS.get(verb)
    assert (check(words, release) if check else None) == expected


def test_verbs_that_nothing_carries_out_say_why() -> None:
    assert {verb.name for verb in VERBS if not verb.does} == unable.VERBS.keys()
    assert CHECKS.keys() <= unable.VERBS.keys()
