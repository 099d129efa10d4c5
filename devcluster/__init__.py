"""Real Slurm clusters of three releases on one Debian 12 machine, from Debian's own packages.

``script/devcluster`` is the command, ``devcluster.api`` what a test-suite imports, README.md the tour.
"""

from __future__ import annotations
