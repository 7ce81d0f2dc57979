"""GoLongRL (arXiv 2605.19577) inside Python trainers.

`advantages` has the estimators, `tasks` the task keys by which TMN scales, `metrics` what a step says of each task,
`client` and `serve` the rewards. Adapters, each importing its trainer only when it is imported itself: `golongrl.trl`,
`.verl`, `.openrlhf`, `.slime`, `.verifiers`, `.prime_rl`, `.areal`, `.nemo_rl`; `golongrl.shared_prompt` needs torch.
"""

from golongrl.advantages import ESTIMATORS, AdvantageError, Advantages, EstimatorName, estimate
from golongrl.client import RewardClient, RewardItemError, RewardServerError, shared_client
from golongrl.items import reward_item
from golongrl.metrics import answer_metrics, task_metrics
from golongrl.serve import LocalServer, NoServerError, local_server, stop_local_servers
from golongrl.tasks import TaskKeyError, row_task, task_key

__all__ = [
    "ESTIMATORS",
    "AdvantageError",
    "Advantages",
    "EstimatorName",
    "LocalServer",
    "NoServerError",
    "RewardClient",
    "RewardItemError",
    "RewardServerError",
    "TaskKeyError",
    "estimate",
    "answer_metrics",
    "local_server",
    "reward_item",
    "row_task",
    "shared_client",
    "stop_local_servers",
    "task_key",
    "task_metrics",
]
