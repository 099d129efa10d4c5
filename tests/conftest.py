"""What the tests are started under is not what the programs under test are to see."""

from __future__ import annotations

from devcluster.processes import heed_signals

heed_signals()
