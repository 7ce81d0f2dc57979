"""GoLongRL in NeMo-RL: an environment that scores, and the estimators in the place of its own.

    from golongrl.nemo_rl import install
    install()                                  # before grpo_train; then grpo.adv_estimator.name: golongrl

    env:
      golongrl: {}                             # register_env("golongrl", "golongrl.nemo_rl.GolongEnvironment")

A datum's `extra_env_info` is its row (`reward`, or verl's columns); `alpha`, `gamma` and `estimator` stand beside
`grpo.adv_estimator.name`. NeMo-Gym has a resources server of its own: `golongrl data export --to nemo-gym`.
"""

from typing import Any

import torch

from golongrl.advantages import estimate
from golongrl.client import shared_client
from golongrl.items import reward_item
from golongrl.tasks import row_task

NAME = "golongrl"


class TaskAdvantageEstimator:
    """`compute_advantage` as NeMo-RL calls it."""

    def __init__(self, estimator_config: Any, loss_config: Any = None) -> None:
        option = _options(estimator_config)
        self.estimator = option.get("estimator", "tmn-reweight")
        self.alpha = float(option.get("alpha", 0.8))
        self.gamma = float(option.get("gamma", 1.0))

    def compute_advantage(self, prompt_ids: torch.Tensor, rewards: torch.Tensor, mask: torch.Tensor, **kwargs: Any) -> torch.Tensor:
        """[D, T] advantages. `prompt_ids` [D] or [D, P]: rows that are alike are one prompt. Tasks come from `repeated_batch`."""
        batch = kwargs["repeated_batch"]
        _, prompts = torch.unique(prompt_ids, dim=0, return_inverse=True)
        tasks = [row_task(row) for row in batch["extra_env_info"]]
        found = estimate(self.estimator, rewards.tolist(), prompts.tolist(), tasks, self.alpha, self.gamma)
        advantages = torch.tensor(found.advantages, dtype=torch.float32, device=mask.device)
        return advantages.unsqueeze(-1).expand(mask.shape)


def score_logs(message_logs: list[list[dict[str, Any]]], rows: list[dict[str, Any]]) -> torch.Tensor:
    """[D] rewards of conversations that end with what the model wrote."""
    items = []
    for log, row in zip(message_logs, rows, strict=True):
        written = "".join(str(message["content"]) for message in log if message["role"] == "assistant")
        item = reward_item(row, written)
        if item is None:
            raise ValueError(f"extra_env_info: got {sorted(row)}, expected `reward` or `data_source`")
        items.append(item)
    return torch.tensor([float(result["score"]) for result in shared_client().score(items)])


def install() -> None:
    """`grpo.adv_estimator.name: golongrl` in every algorithm that has been imported by now or is later."""
    from nemo_rl.algorithms import grpo

    own = grpo._create_advantage_estimator

    def create(master_config: Any) -> Any:
        config = master_config.grpo.adv_estimator
        return TaskAdvantageEstimator(config) if config.name == NAME else own(master_config)

    grpo._create_advantage_estimator = create


def __getattr__(name: str) -> Any:
    """The environment is made when it is asked for: its base class needs NeMo-RL and Ray."""
    if name != "GolongEnvironment":
        raise AttributeError(name)
    import ray
    from nemo_rl.environments.interfaces import EnvironmentInterface, EnvironmentReturn

    class GolongEnvironment(EnvironmentInterface):
        """One turn: scores it and ends."""

        def __init__(self, config: Any = None) -> None:
            self.config = config

        def step(self, message_log_batch: list[Any], metadata: list[Any]) -> EnvironmentReturn:
            rewards = score_logs(message_log_batch, metadata)
            count = len(metadata)
            empty = [{"role": "environment", "content": ""}] * count
            return EnvironmentReturn(empty, metadata, [None] * count, rewards, torch.ones(count), None)

        def global_post_process_and_metrics(self, batch: Any) -> tuple[Any, dict[str, float]]:
            return batch, {"accuracy": batch["total_reward"].float().mean().item()}

    return ray.remote(GolongEnvironment)


def _options(config: Any) -> dict[str, Any]:
    if isinstance(config, dict):
        return config
    return config.model_dump() if hasattr(config, "model_dump") else vars(config)
