"""Live tests need the three clusters up; ``script/test`` sees to it.

``--fidelity FILE`` writes docs/fidelity.md from the run.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from tests.live.fidelity import Result, write


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fidelity", metavar="FILE", help="write the fidelity table into FILE")


_results: list[Result] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        _results.extend(value for _, value in item.user_properties if isinstance(value, Result))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    target = session.config.getoption("--fidelity")
    if target:
        write(Path(target), _results)
