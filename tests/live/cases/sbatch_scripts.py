"""`sbatch`: scripts of any size and content, their arguments, and the directives of other batch systems."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.submission import CRASHES, DIFFERS, SCRIPT, SHOW

COMMAND = {"22.05": CRASHES}
COUNTED = {"22.05": "v0.0.38 counts one CPU for a job on several nodes"}
NEWEST = ("26.05",)


def held(line: str, *, stdin: bytes = b"", **rest: object) -> Case:
    """A held job, compared by what the controller shows and keeps of it."""
    return Case(f"sbatch -H {line}", stdin=stdin, after=(SHOW, SCRIPT), differs=DIFFERS, **rest)  # type: ignore[arg-type]


def sized(length: int) -> bytes:
    """A script of that many bytes."""
    start = b"#!/bin/sh\n"
    return start + b"# " + b"x" * (length - len(start) - 3) + b"\n"


SIZES = [
    Case("sbatch -H", stdin=sized(length), after=("sh -c 'scontrol write batch_script {new} - | cksum'",))
    for length in (100_000, 1_000_000, 4_000_000, 4_194_303, 4_194_304, 4_194_305, 20_000_000)
]

BYTES = [
    held(
        "", stdin=b"#!/bin/sh\n" + bytes(range(1, 10)) + bytes(range(11, 13)) + bytes(range(14, 256)) + b"\n"
    ),
    held("", stdin=b"#!/bin/sh\n\xef\xbb\xbf\xe2\x80\xa8\xed\xa0\x80\xf4\x90\x80\x80\xc0\x80\n"),
    held("", stdin=b"#!/bin/sh\necho no newline at the end"),
    held("", stdin=b"#!/bin/sh\n\n\n\n"),
    held("", stdin=b"#!/bin/sh\recho\n"),
    held("", stdin=b"#!\n"),
    held("", stdin=b"#!/bin/sh\n#SBATCH -J caf\xe9\n"),
    held("", stdin="#!/bin/sh\n#SBATCH -J café --comment='ü \u2028'\n".encode()),
    held("--wrap 'echo \u00e9 \"$1\" `id` \\'"),
    held("--wrap ' '"),
    Case("sbatch -H", stdin=b"\xef\xbb\xbf#!/bin/sh\n"),
    Case("sbatch -H", stdin=b"#!/bin/sh\n\xff\r\n"),
]

ARGUMENTS = b'#!/bin/bash\necho "$#:$0" | sed "s,/.*/,,"\nfor word in "$@"; do echo "[$word]"; done\n'


def arguments(words: str, script: bytes = ARGUMENTS, **rest: object) -> Case:
    """A script that prints its arguments."""
    return Case(
        f"sbatch -W -o out job.sh {words}",
        files={"job.sh": script},
        after=("file out",),
        **rest,  # type: ignore[arg-type]
    )


PASSED = [
    arguments("one"),
    arguments("'' ' ' 'a  b'"),
    arguments("-n 2 --hold -- x"),
    arguments("'$HOME' '`id`' '*' '\\' '\"' \"it's\""),
    arguments("'new\nline' 'tab\there'"),
    arguments("caf\u00e9 \u2028"),
    arguments("a : b"),
    arguments(" ".join(f"a{number}b" for number in range(500))),
    arguments("x" * 100_000),
    arguments("one", b'#!/bin/sh -u\necho "$1"\n'),
    arguments("one", b'#!/usr/bin/env bash\necho "$1"\n'),
    arguments("one", b'#!/usr/bin/python3\nimport sys\nprint(sys.argv[1:])\n', cannot={"22.05": CRASHES}),
    arguments("one two", b'#!/bin/bash\n#SBATCH -n 2\necho "$LINENO $2"\n'),
    arguments("one two", b'#!/bin/bash'),
]  # fmt: skip

PBS = [
    held("", stdin=b"#!/bin/sh\n" + lines, cannot=COUNTED if b"=2\n" in lines or b"select" in lines else {})
    for lines in (
        b"#PBS -A physics\n",
        b"#PBS -a 203701010000\n",
        b"#PBS -a 2037-01-01\n",
        b"#PBS -e err -o out -j oe\n",
        b"#PBS -J 1-4:2\n",
        b"#PBS -l nodes=2\n",
        b"#PBS -l nodes=1:ppn=4\n",
        b"#PBS -l ncpus=3\n",
        b"#PBS -l mem=100mb\n",
        b"#PBS -l mem=1gb,walltime=00:10:00\n",
        b"#PBS -l walltime=1:00:00,cput=10\n",
        b"#PBS -l pmem=100mb\n",
        b"#PBS -l select=2:ncpus=2:mem=100mb\n",
        b"#PBS -l mppwidth=4,mppdepth=3\n",
        b"#PBS -l naccelerators=1\n",
        b"#PBS -l file=5mb\n",
        b"#PBS -l nice=5\n",
        b"#PBS -l host=node1\n",
        b"#PBS -l nonsense\n",
        b"#PBS -m n\n",
        b"#PBS -m ae -M alice@head\n",
        b"#PBS -N 'two words'\n",
        b"#PBS -p 100\n",
        b"#PBS -r y\n",
        b"#PBS -S /bin/bash\n",
        b"#PBS -V -v FOO\n",
        b"#PBS -W depend=afterany:1\n",
        b"#PBS -W group_list=x\n",
        b"#PBS -z\n",
        b"#PBS -I\n",
        b"#PBS -Z\n",
        b"#PBS --name x\n",
        b"#PBSX -N x\n",
        b"#PBS -N one\n#PBS -N two\n",
        b"#PBS -N one\n#SBATCH -J two\n",
        b"#SBATCH --ignore-pbs\n#PBS -N one\n",
    )
]
BSUB = [
    held("", stdin=b"#!/bin/sh\n" + lines)
    for lines in (
        b"#BSUB -J name\n",
        b"#BSUB -J name[1-3]\n",
        b"#BSUB -W 5\n",
        b"#BSUB -W 1:30/host\n",
        b"#BSUB -n 3\n",
        b"#BSUB -n 2,4\n",
        b"#BSUB -M 100\n",
        b"#BSUB -M 100MB\n",
        b"#BSUB -o out -e err\n",
        b"#BSUB -m node1\n",
        b"#BSUB -m 'node1 node2'\n",
        b"#BSUB -x\n",
        b"#BSUB -c /tmp\n",
        b"#BSUB -R 'span[ptile=2]'\n",
        b"#BSUB -P project\n",
        b"#BSUB\n",
    )
]

EXTERNAL = [
    held("--external", releases=NEWEST),
    held("--external -n 3 -t 5 -J mine", releases=NEWEST),
    Case("sbatch -H --external job.sh", files={"job.sh": b"#!/bin/sh\n"}, releases=NEWEST),
    Case("sbatch -H --external --wrap true", releases=NEWEST),
    Case("sbatch -H --external nosuch a b", releases=NEWEST),
    Case("sbatch -H --external -a 1-2", releases=NEWEST),
    Case("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH --external\n", releases=NEWEST),
    Case("sbatch -H --external --wrap true", releases=("22.05", "24.11")),
]

CASES = [*SIZES, *BYTES, *PASSED, *PBS, *BSUB, *EXTERNAL]
