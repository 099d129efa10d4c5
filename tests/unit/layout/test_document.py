"""Documents: an answer taken apart and put together again."""

from __future__ import annotations

import msgspec

from slurm_cli_proxy.layout import document


def members(text: bytes) -> document.Members:
    return msgspec.json.decode(text, type=dict[str, msgspec.Raw])


ANSWER = b'{"jobs":[{"id":1,"path":"\\/x","load":0.10000000000000001},{"id":2}],"errors":[],"n":{}}'


def test_what_the_server_wrote_stays_as_it_is() -> None:
    told = members(ANSWER)
    told["jobs"] = document.array(document.elements(told, "jobs")[:1])
    assert document.json_text(told) == (
        '{\n  "jobs": [\n    {\n      "id": 1,\n      "path": "\\/x",\n      "load": 0.10000000000000001\n    }\n  ],'
        '\n  "errors": [],\n  "n": {}\n}\n'
    )


def test_one_line_where_asked_for() -> None:
    assert document.json_text(members(ANSWER), compact=True).count("\n") == 1


def test_yaml_without_tags() -> None:
    text = document.yaml_text(
        members(b'{"a":[{"b":1,"c":[],"d":[["x"],{}]}],"e":{"f":"","g":null}}'), tags=False
    )
    assert text == "%YAML 1.1\n---\na:\n- b: 1\n  c: []\n  d:\n  - - x\n  - {}\ne:\n  f:\n  g: null\n...\n"


def test_own_values_have_their_slashes_escaped() -> None:
    assert bytes(document.raw({"a": "b/c"})) == b'{"a":"b\\/c"}'


def test_simple_numbers() -> None:
    value = {
        "a": {"set": True, "infinite": False, "number": 3},
        "b": {"set": False, "infinite": True, "number": 0},
    }
    assert document.simplified({**value, "c": [""], "keep": ""}, whole=frozenset({"keep"})) == {
        "a": 3,
        "b": "Infinity",
        "c": [None],
        "keep": "",
    }
