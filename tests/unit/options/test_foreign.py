"""Other batch systems' directives in sbatch's terms."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.options.foreign import ForeignError, translate

OLD, NEW = (22, 5), (26, 5)


@pytest.mark.parametrize(
    ("line", "settings"),
    [
        ("-N name -q part", [("job_name", "name"), ("partition", "part")]),
        ("-h -V -j oe -r n", [("hold", None)]),
        ("-m abe", [("mail_type", "BEGIN,END,FAIL")]),
        ("-l walltime=1:00,mem=2gb,foo=1", [("time", "1:00"), ("mem", "2g")]),
        ("-l nodes=2:ppn=3", [("nodes", "2"), ("ntasks", "6")]),
        ("-l nodes=a:ppn=2+b:ppn=2", [("nodelist", "a,b"), ("ntasks", "4")]),
        ("-l nodes=1#shared", [("nodes", "1")]),
        ("-l select=2:ncpus=3", [("nodes", "2"), ("mincpus", "3")]),
        ("-W depend=afterok:1", [("dependency", "afterok:1")]),
        ("-W block=true", []),
        ("-W umask=077", [("umask", "77")]),
        ("-d /tmp", [("chdir", "/tmp")]),
    ],
)
def test_pbs(line: str, settings: list[tuple[str, str | None]]) -> None:
    assert list(translate("#PBS", line.split(), "sbatch", NEW)) == settings


def test_bsub() -> None:
    words = ["-J", "name[1-4]", "-n", "2,4", "-M", "4096", "-cwd", "/tmp", "-x"]
    assert list(translate("#BSUB", words, "sbatch", NEW)) == [
        ("job_name", "name[1-4]"),
        ("ntasks", "4"),
        ("mem_per_cpu", "4096K"),
        ("chdir", "/tmp"),
        ("exclusive", None),
    ]


@pytest.mark.parametrize(
    ("line", "release", "before", "said"),
    [
        ("-Z", NEW, ["sbatch: invalid option -- 'Z'"], "Unrecognized command line parameter ?"),
        ("-d /tmp", OLD, ["sbatch: invalid option -- 'd'"], "Unrecognized command line parameter ?"),
        ("-N b extra", NEW, [], "Invalid argument: extra"),
    ],
)
def test_what_is_not_understood(line: str, release: tuple[int, int], before: list[str], said: str) -> None:
    with pytest.raises(ForeignError) as caught:
        list(translate("#PBS", line.split(), "sbatch", release))
    assert (list(caught.value.before), caught.value.lines) == (before, (said,))
