"""The Slurm commands, one module each: `run(ctx, argv) -> int`."""
