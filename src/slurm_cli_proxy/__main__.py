"""`python -m slurm_cli_proxy COMMAND …`, for where no entry points are installed."""

from __future__ import annotations

import sys

from slurm_cli_proxy.main import main

sys.exit(main())
