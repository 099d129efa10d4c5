"""The cases, a module per command: each has a list CASES."""

from __future__ import annotations

import importlib
import pkgutil

from tests.live.case import Case


def all_cases() -> list[Case]:
    """Every case of every module of this package, in the order of their names."""
    found: list[Case] = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        found += importlib.import_module(f"{__name__}.{module.name}").CASES
    return found
