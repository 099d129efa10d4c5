"""The sub-commands of `slurm-cli-proxy` itself."""
