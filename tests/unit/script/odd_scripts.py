"""Scripts with odd directives and what sbatch makes of them, observed on real clusters.

The live tests submit the same scripts.
"""

from __future__ import annotations

from typing import Final

TOP: Final = b"#!/bin/sh\n"

ARGUMENTS: Final[list[tuple[bytes, list[str]]]] = [
    # (lines after the first, the command line they make), the same in all releases
    (b"", []),
    (b"#SBATCH --comment=a -J b", ["--comment=a", "-J", "b"]),
    (b"#SBATCH\t--comment=a\v-J\fb\r", ["--comment=a", "-J", "b"]),
    (b"#SBATCH--comment=a", ["--comment=a"]),
    (b"#SBATCH-Jx", ["-Jx"]),
    (b" #SBATCH -J no\n#SBATCH -J b", ["-J", "b"]),
    (b"##SBATCH -J no\n# SBATCH -J no\n#sbatch -J no", []),
    (b"\n  \t\n# c\n  # c\n#!no\n#SBATCH -J b", ["-J", "b"]),
    (b"\v\f\n#SBATCH -J b", ["-J", "b"]),
    (b"echo\n#SBATCH -J no", []),
    (b"  :\n#SBATCH -J no", []),
    (b'#SBATCH --comment="a b" -J x', ["--comment=a b", "-J", "x"]),
    (b"#SBATCH '--comment=a b' -J x", ["--comment=a b", "-J", "x"]),
    (b"#SBATCH --comment=a\"b c\"'d e'f", ["--comment=ab cd ef"]),
    (b"#SBATCH --comment=a\\nb\\\\c\\\"d\\'e\\#f\\:g", ["--comment=anb\\c\"d'e#f:g"]),
    (b'#SBATCH --comment="a\\"b\\\\c\\nd\\ e \'f"', ["--comment=a\"b\\cnd e 'f"]),
    (b"#SBATCH --comment='a\\'b\\c \"d'", ["--comment=a'bc \"d"]),
    (b'#SBATCH --comment="$HOME `x` \\$y"', ["--comment=$HOME `x` $y"]),
    (b'#SBATCH --comment="a\\\tb"', ["--comment=a\tb"]),
    (b"#SBATCH --comment=a\\\n#SBATCH -J x", ["--comment=a", "-J", "x"]),
    (b"#SBATCH --comment=a\\\\\n#SBATCH -J x", ["--comment=a\\", "-J", "x"]),
    (b"#SBATCH --comment=a \\\n-J no\n", ["--comment=a"]),
    (b"#SBATCH --comment=a # -J no", ["--comment=a"]),
    (b"#SBATCH --comment=a#b -J no", ["--comment=a"]),
    (b'#SBATCH --comment="a"#b -J no', ["--comment=a"]),
    (b'#SBATCH --comment="a # b" -J x', ["--comment=a # b", "-J", "x"]),
    (b"#SBATCH # -J no\n#SBATCH#-J no", []),
    (b'#SBATCH --comment="" -J x', ["--comment=", "-J", "x"]),
    (b"#SBATCH -J x '' --comment=no", ["-J", "x"]),
    (b'#SBATCH "" -J no\n#SBATCH\n#SBATCH   \n#SBATCH -J x', ["-J", "x"]),
    (b'#SBATCH --comment=""a', ["--comment=a"]),
    (b"#SBATCH --comment\n#SBATCH 'a b'\n#SBATCH -J x", ["--comment", "a b", "-J", "x"]),
    (b"#SBATCH -J a:b --comment=:", ["-J", "a:b", "--comment=:"]),
    (b"#SBATCH -J ':' --comment \\:b", ["-J", ":", "--comment", ":b"]),
    (b'#SBATCH -J "":x', ["-J", ":x"]),
    (b'#SBATCH --comment=a # : "b', ["--comment=a"]),
    (b"#SBATCH -J x\xff --comment=\xc3\xa9", ["-J", "x\udcff", "--comment=é"]),
    (b"#SBATCH -J x\r#SBATCH --comment=no", ["-J", "x"]),
    (b"#SBATCH -J b hetjob --comment=no", ["-J", "b"]),
    (b"#SBATCH -J HetJob\n#SBATCH b", ["-J", "b"]),
    (b"#SBATCH -J \\hetjob", ["-J", "hetjob"]),
    (b"#SBATCH -J hetjobs", ["-J", "hetjobs"]),
    (b"#SBATCH foo -J x", ["foo", "-J", "x"]),
    (b"#SBATCHX -J x", ["X", "-J", "x"]),
    (b"#SBATCH -J x 'hetjob'", ["-J", "x", "hetjob"]),
    (b"#SBATCH hetjob#", ["hetjob"]),
    (b"#SBATCH -J x --\n#SBATCH --comment=a", ["-J", "x", "--", "--comment=a"]),
    (b"#SBATCH\xc2\xa0-J x", ["\xa0-J", "x"]),
    (b"#SBATCH --comment=a\\\tb", ["--comment=a", "b"]),
    (b"#SBATCH --comment=a\\\rb", ["--comment=a", "b"]),
]

BY_RELEASE: Final[list[tuple[bytes, list[str], list[str]]]] = [
    # (lines, in 22.05, since 24.11)
    (b"#SBATCH --comment=a\\ b -J x", ["--comment=a", "b", "-J", "x"], ["--comment=a b", "-J", "x"]),
    (b"#SBATCH --comment \\ b -J x", ["--comment"], ["--comment", " b", "-J", "x"]),
    (b"#SBATCH \\ -J x", [], [" -J", "x"]),
    (b'#SBATCH --comment=a\\ "b c"', ["--comment=a", "b c"], ["--comment=a b c"]),
    (b'#SBATCH --comment="a b"\\ c', ["--comment=a b", "c"], ["--comment=a b c"]),
]

ERRORS: Final[list[tuple[bytes, str]]] = [
    # (lines, what follows "sbatch: fatal: NAME: ")
    (b'#SBATCH --comment="a b -J x', 'line 2: Unmatched `"` in [--comment="a b -J x]'),
    (b'#SBATCH --comment="a\n#SBATCH b"', 'line 2: Unmatched `"` in [--comment="a]'),
    (b"#SBATCH -J x   --comment='a  ", "line 2: Unmatched `'` in [   --comment='a  ]"),
    (b'# c\n\n#SBATCH -J x "a b', 'line 4: Unmatched `"` in [ "a b]'),
    (b'#SBATCH-J"a # b', 'line 2: Unmatched `"` in [-J"a # b]'),
    (b'#SBATCH --comment="a\\', 'line 2: Unmatched `"` in [--comment="a\\]'),
    (b'#SBATCH "a"\'b c', "line 2: Unmatched `'` in [\"a\"'b c]"),
    (b"#SBATCH -J x : -J y", "line 2: Unexpected `:` in [ : -J y]"),
    (b"#SBATCH: -J x", "line 2: Unexpected `:` in [: -J x]"),
    (b"#SBATCH -J :b", "line 2: Unexpected `:` in [ :b]"),
]
