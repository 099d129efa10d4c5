"""Live tests need the three clusters up; ``script/test`` sees to it.

``--fidelity FILE`` writes docs/fidelity.md from the run.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.live.case import RELEASES
from tests.live.fidelity import Result, write


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fidelity", metavar="FILE", help="write the fidelity table into FILE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a parallel run, one worker has all that goes on on one cluster."""
    for item in items:
        params = getattr(item, "callspec", None)
        named = [value for value in params.params.values() if value in RELEASES] if params else []
        if "tests/live/" in item.nodeid:
            item.add_marker(pytest.mark.xdist_group(str(named[0]) if named else "any"))


_results: dict[str, Result] = {}
"""By test: of a test that was repeated, the last outcome."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collects outcomes; reports come here from the workers of a parallel run, too."""
    if report.when == "call":
        for name, value in report.user_properties:
            if name == "fidelity" and isinstance(value, tuple | list):
                _results[report.nodeid] = Result(*value)


def pytest_sessionfinish(session: pytest.Session) -> None:
    target = session.config.getoption("--fidelity")
    if target and not hasattr(session.config, "workerinput"):
        write(Path(target), _results.values())
