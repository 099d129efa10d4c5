from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import state
from slurm_cli_proxy.notation.errors import NotationError

OLD, NEWER, NEWEST = (22, 5), (24, 11), (26, 5)


@pytest.mark.parametrize(
    ("states", "long", "compact"),
    [
        (["PENDING"], "PENDING", "PD"),
        (["OUT_OF_MEMORY"], "OUT_OF_MEMORY", "OOM"),
        (["COMPLETED", "COMPLETING"], "COMPLETING", "CG"),
        (["CONFIGURING", "RUNNING"], "CONFIGURING", "CF"),
        (["PENDING", "REQUEUE_HOLD", "REQUEUED"], "REQUEUED", "RQ"),
        (["PENDING", "LAUNCH_FAILED"], "PENDING", "PD"),
        (["PENDING", "EXPEDITING"], "EXPEDITING", "PD"),
        ("RUNNING", "RUNNING", "R"),
        ("RUNNING,COMPLETING", "COMPLETING", "CG"),
        ([], "?", "?"),
        (["NEW_STATE"], "?", "?"),
    ],
)
def test_display(states: list[str] | str, long: str, compact: str) -> None:
    assert state.long(states) == long
    assert state.compact(states) == compact


@given(st.sampled_from([name for name, _ in (*state.BASE, *state.FLAGS)]), st.booleans())
def test_round_trip(name: str, small: bool) -> None:
    shown = state.compact([name]) if name != "EXPEDITING" and name in dict(state.BASE) else state.long([name])
    assert state.parse(shown.lower() if small else shown, NEWEST) == name


@pytest.mark.parametrize("text", ["", "PEND", "PENDINGX", " PD", "all", "C", "LAUNCH_FAILED", "?", "ﬅ"])
def test_invalid(text: str) -> None:
    with pytest.raises(NotationError, match="Invalid job state specified"):
        state.parse(text, NEWEST)


def test_differs_by_release() -> None:
    assert state.parse("expediting", NEWEST) == "EXPEDITING"
    with pytest.raises(NotationError):
        state.parse("expediting", NEWER)
    assert "EXPEDITING" not in state.valid_names(OLD)
    assert ",configuring,resizing," in state.valid_names(NEWER)
    assert ",configuring,expediting,resizing," in state.valid_names(NEWEST)
