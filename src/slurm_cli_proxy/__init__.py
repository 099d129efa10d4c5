"""The Slurm commands on a machine that is not part of any cluster, through the Slurm REST API."""

__version__ = "0.1.0"
