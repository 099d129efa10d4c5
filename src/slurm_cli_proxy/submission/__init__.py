"""From the options of a submission to the job it asks for: shared by sbatch, salloc and srun. Knows no REST."""
