"""`sbatch`: values good, odd and wrong; options given twice, and in several places.

A line holds options; a word `@OPTION` stands in a `#SBATCH` line, `NAME=VALUE` in the environment.
"""

from __future__ import annotations

from tests.live.submission import held_with

# fmt: off
SEVERAL = (
    "SBATCH_REQ_SWITCH=1@1:00:00", "SBATCH_REQ_SWITCH=1@5", "SBATCH_REQ_SWITCH=x", "--mem-per-gpu=0",
    "--mail-type=begin,time_limit_80 --mail-type=INVALID_DEPEND", "--mail-type=begin --mail-type=NONE",
    "--mail-type=NONE --mail-type=end", "@--mail-type=begin --mail-type=end", "@--mail-type=begin --mail-type=NONE",
    "--mail-type=begin,NONE,end", "@--gres-flags=disable-binding --gres-flags=enforce-binding",
    "--gres-flags=disable-binding --gres-flags=enforce-binding", "@--profile=task --profile=energy",
    "--profile=task --profile=none", "@--mem-bind=local --mem-bind=verbose", "--mem-bind=rank --mem-bind=local",
    "--mem-bind=map_mem:0,1 --mem-bind=local", "--mem-bind=verbose,local --mem-bind=quiet",
    "--exclusive --oversubscribe", "@--exclusive --oversubscribe", "@--oversubscribe --exclusive=user",
    "SBATCH_EXCLUSIVE=user --oversubscribe", "--exclusive=user --exclusive", "-m plane=2 -m block",
    "-m block,pack -m cyclic", "-N2-3 -N1", "@-N2-3 -n1", "--signal=B:USR1@5 --signal=10", "--requeue --no-requeue",
    "--no-requeue --requeue", "@--no-requeue SBATCH_REQUEUE=1", "--hint=nomultithread --hint=multithread",
    "--hint=nomultithread,multithread", "--no-kill --no-kill=off", "--nice=5 --nice", "--priority=TOP --hold",
    "--time=0 --time-min=5", "--wait-all-nodes=1", "--propagate=none --propagate", "--open-mode=a --open-mode=t",
    "--mem-bind=quiet", "--mem-bind=verbose", "--mem-bind=sort,local --mem-bind=nosort",
    "--sockets-per-node=2 -B *", "--hint=multithread,nomultithread", "--hint=memory_bound,compute_bound",
    "--hint=compute_bound --sockets-per-node=1", "--hint=x --sockets-per-node=1",
    "SBATCH_HINT=compute_bound --cores-per-socket=2", "SBATCH_HINT=nomultithread --sockets-per-node=1",
)

ODD = (
    "-b now+1hour", "-b now+5minutes", "-b now+60", "-b now+1day", "-b teatime", "-b noon", "-b midnight",
    "-b tomorrow", "-b today+3days", "-b 16:00", "-b 4:30pm", "-b 12/24", "-b 12/24/37-16:00", "-b 2037-12-24T16",
    "-b 2037-13-01", "-b 2037-12-32", "-b 24:00", "-b now-1hour", "-b 16:00:61", "-b fika", "-b elevenses",
    "-b 2037-12-24T16:00:00.5", "--deadline=noon -t 9999", "-t 1-2:3:4:5", "-t 1-", "-t 1:60", "-t 0:0:61",
    "-t INFINITE", "-t unlimited", "-t -1", "-t 1-0", "--time-min=0", "-a 0-", "-a 1-5:0", "-a 1-5%0", "-a 1-5%",
    "-a 1,1", "-a 5-1", "-a 1-5:2:3", "-a 1%2%3", "-a 0", "-a 1001", "-a 0-1000", "-a -1", "-a [1-3]", '-a ""',
    "-d afterok", "-d afterok:", "-d afterok:1,", "-d after:1+x", "-d afterok:1+5", "-d expand:99",
    "-d singleton:1", "-d afterburstbuffer:1", "-d aftercorr:1", "-d afterok:x_1", "-d afterok:1_2", "-d AFTEROK:1",
    "-d nosuch:1", "--signal=USR1@", "--signal=@60", "--signal=B:", "--signal=RTMIN", "--signal=SIGX",
    "--signal=USR1@65536", "--signal=1.5", "--mail-type=BEGIN, --mail-user=", "--mail-type=TIME_LIMIT_90,x,END",
    "--mail-type=ALL,ARRAY_TASKS", "--propagate=STACK,x", "--propagate=RLIMIT_CORE,STACK", "--propagate=core",
    "--profile=task,none", "--profile=task,x", "--profile=x", "--acctg-freq=task=x", "--acctg-freq=task=",
    "--acctg-freq=task=5,network=6", "--thread-spec=x", "-S x", "--switches=-1", "-m cyclic:cyclic:cyclic:cyclic",
    "-m :block", "-m block:", "-m plane=x", "-m Plane=2", "-m plane:2", "-m arbitrary,pack -w node1",
    "-m pack,block", "-m fcyclic:block", "-B 1:*:x", "-N 0-0", "-N 1-", "-N -3", "-N 1-2x", "-n 1 -N 3-2",
    "--mem=1G --mem-per-gpu=0", "--mem=0x10", "--mem=1e3", "--mem=1KB", "--mem=1GiB", "--mem=1Tx",
    "--mem-per-cpu=0", "--mem-per-cpu=1.5G", "--tmp=1.5G", "--mincpus=x", "--cpus-per-gpu=0", "--cpus-per-gpu=2",
    "--gpus=x", "--gpus=1:2", "--gpus=-1", "--gpus=a100:", "--gpus=1,1", "--gpus-per-node=x:y:z",
    "--gpus-per-socket=1 --sockets-per-node=2 -N1 --gpus-per-node=3", "--gpu-freq=high,low", "--gpu-freq=memory=x",
    "--gpu-freq=1000,memory=500,verbose", "--gpu-freq=graphics=1", "--gres=gpu:1x", "--gres=gpu::",
    "--gres=gpu:a100:1:no_consume", "--gres=license:1", "--gres=gpu,", "--tres-bind=x",
    "--tres-per-task=cpu:2,gres/gpu:1:2 -n1", "--licenses=matlab:0", "--licenses=matlab:x", "--licenses=matlab:1:2",
    "--licenses=matlab;ansys", "-C fast&", "-C [fast", "-C fast,big", "--prefer=nosuch", "--reservation=a,b",
    "--nice=-0", "--nice=abc", "--priority=x", "--priority=", "--wait-all-nodes=-1", "--wait-all-nodes=",
    "--exclusive=", "--exclusive=USER", "--open-mode=Truncate", "--container=", "--uid=nosuch", "--gid=0",
    "--segment=0", "--segment=-1", "--oom-kill-step=2", "--resv-ports=-1", "--mem-update=", "--mem-update=101@5",
    "--mem-update=5@", "--requeue=", "--consolidate-segments --spread-segments", "--container-type=x",
    "--hint=multithread --ntasks-per-core=1", "--hint=NOMULTITHREAD", "--hint=compute_bound,x",
    "SBATCH_HINT=nomultithread --threads-per-core=2", "SLURM_HINT=nomultithread SBATCH_HINT=multithread",
    "SBATCH_EXPORT=NIL", "SBATCH_NO_KILL=off", "SBATCH_NO_KILL=x", "SBATCH_WCKEY=", "SBATCH_QOS=",
    "SBATCH_PARTITION=", "SBATCH_JOB_NAME=", "SBATCH_DELAY_BOOT=x", "SBATCH_PROFILE=none",
    "SBATCH_THREADS_PER_CORE=0", "SBATCH_GPUS=x", "SBATCH_ARRAY_INX=x", "SBATCH_SPREAD_JOB=no",
    "SBATCH_USE_MIN_NODES=x", "SBATCH_WAIT_ALL_NODES=x", "SBATCH_REQUEUE=x", "SBATCH_NO_REQUEUE=yes",
    "SBATCH_MEM_PER_GPU=x", "SBATCH_CPUS_PER_GPU=1 --gpus=1", "SBATCH_OPEN_MODE=x", "SBATCH_BURST_BUFFER=x",
    "SBATCH_CLUSTER_CONSTRAINT=", "SBATCH_CONTAINER_TYPE=x", "SBATCH_SEGMENT_SIZE=x",
    "SBATCH_CONSOLIDATE_SEGMENTS=1", "SBATCH_SPREAD_SEGMENTS=1", "SBATCH_TRES_BIND=gres/gpu:closest --gpus=1",
    "-B -1", "-N ,1", "-N 4-1:2", "--propagate=", "--acctg-freq=-5", "--acctg-freq=task=-5",
    "--tres-bind=gpu:closest --gpus=1", "--oom-kill-step=", "--mem-update=5@0",
    "--gpus-per-node=2 --gpus=4", "--gpus-per-node=2 --gpus=4 -c 2", "--gpus-per-node=2 --gpus=4 -N 2",
)
# fmt: on

CASES = [held_with(line) for line in (*SEVERAL, *ODD)]
