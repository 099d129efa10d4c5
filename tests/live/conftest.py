"""Live tests need the three clusters up; ``script/test`` sees to it.

``--fidelity FILE`` writes docs/fidelity.md from the run.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.live.case import RELEASES
from tests.live.fidelity import Result, write
from xdist.scheduler import LoadScopeScheduling


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fidelity", metavar="FILE", help="write the fidelity table into FILE")


class OneWorkerEach(LoadScopeScheduling):  # type: ignore[misc]
    """In a parallel run, one worker has all that goes on on one cluster."""

    def _split_scope(self, nodeid: str) -> str:
        named = re.search(r"\[([0-9.]+)[]-]", nodeid)
        return named.group(1) if named and named.group(1) in RELEASES else "any"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneWorkerEach:
    return OneWorkerEach(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Listings of everything first, then the comparisons: they would show the odd jobs that others leave."""
    first = ("test_listing_fuzz", "test_side_by_side")
    items.sort(key=lambda item: [name not in item.nodeid for name in first])


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
