from __future__ import annotations

import pytest

from slurm_cli_proxy.script import check as c


@pytest.mark.parametrize(
    ("script", "wrong"),
    [
        (b"", c.EMPTY),
        (b"  \n\n", c.BLANK),
        (b"\v\f\r\n", c.BLANK),
        (b"\0", c.BLANK),
        (b" \0#!/bin/sh\n", c.BLANK),
        (b"echo hi\n", c.NO_INTERPRETER),
        (b"\n#!/bin/sh\n", c.NO_INTERPRETER),
        (b" #!/bin/sh\n", c.NO_INTERPRETER),
        (b"\xef\xbb\xbf#!/bin/sh\n", c.NO_INTERPRETER),
        (b"# !/bin/sh\n", c.NO_INTERPRETER),
        (b"echo \0\r\n", c.NO_INTERPRETER),
        (b"#!/bin/sh\r\n\0", c.NULL),
        (b"#!/bin/sh\n\0", c.NULL),
        (b"#!/bin/sh\necho\r\necho\n", c.DOS),
        (b"#!", ()),
        (b"#!\n", ()),
        (b"#!/bin/sh\rfoo\n", ()),
        (b"#!/bin/sh\necho\r", ()),
        (b"#!/bin/sh\n\xff\xfe", ()),
    ],
)
def test_check(script: bytes, wrong: tuple[str, ...]) -> None:
    assert c.check(script) == wrong
