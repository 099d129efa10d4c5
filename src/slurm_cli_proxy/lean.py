"""Import the two C libraries every call needs, without what they drag in for other people.

Start-up time is a feature: a dispatcher calls these commands thousands of times a day. Measured on CPython 3.11
(times above a bare interpreter, which takes 12 ms):

* `msgspec` imports `typing_extensions` where that happens to be installed, and only to fall back on `typing`, which
  has all it needs since Python 3.11. `typing_extensions` pulls `inspect`, `dis`, `ast`, `tokenize`: 14 ms.
* `msgspec` imports `uuid`, which asks `platform` (a module full of regular expressions) whether this is AIX: 1.5 ms.
* `msgspec` imports what writes JSON schemas, and `textwrap` for it: 1 ms.
* `pycurl` (from 7.46 on) imports its asyncio adapter, and with it `dataclasses` and `inspect`: 13 ms.

Both are kept out while the library is being imported, and only if nobody has imported them already; afterwards
`sys.modules` is as if nothing had happened, so that other code in the process gets the real modules.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Any

_ASYNC = "pycurl.async_multi"
_EXTENSIONS = "typing_extensions"
_PLATFORM = "platform"
_SCHEMAS = "msgspec._json_schema"


def import_msgspec() -> None:
    """Import `msgspec` without `typing_extensions`. Call before any module that imports msgspec."""
    if "msgspec" in sys.modules or _EXTENSIONS in sys.modules:
        return
    stubs: dict[str, ModuleType | None] = {_EXTENSIONS: None, _SCHEMAS: _schemas()}  # None: "not installed"
    if _PLATFORM not in sys.modules:
        stubs[_PLATFORM] = _platform()
    sys.modules.update(stubs)  # type: ignore[arg-type]
    try:
        import msgspec  # noqa: F401
    finally:
        for name in stubs:
            del sys.modules[name]


def _platform() -> ModuleType:
    """`platform`, for whoever asks it nothing but the system's name."""
    stub = ModuleType(_PLATFORM)
    stub.system = lambda: os.uname().sysname  # type: ignore[attr-defined]
    return stub


def _schemas() -> ModuleType:
    """The module whose functions write JSON schemas, imported when one is called."""

    def later(name: str) -> Any:
        def call(*args: Any, **options: Any) -> Any:
            __import__(_SCHEMAS)
            return getattr(sys.modules[_SCHEMAS], name)(*args, **options)

        return call

    stub = ModuleType(_SCHEMAS)
    for name in ("schema", "schema_components"):
        setattr(stub, name, later(name))
    return stub


def import_pycurl() -> Any:
    """The `pycurl` module, without its asyncio adapter."""
    if "pycurl" in sys.modules:
        return sys.modules["pycurl"]
    stub = ModuleType(_ASYNC)
    stub.AsyncCurlMulti = None  # type: ignore[attr-defined]
    sys.modules[_ASYNC] = stub
    try:
        import pycurl
    finally:
        del sys.modules[_ASYNC]
    return pycurl
