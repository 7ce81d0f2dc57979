"""`python -m golongrl.verl.main`: `verl.trainer.main_ppo` with the trainers of `golongrl.verl.trainer`. Same configuration, same flags."""

import os
from typing import Any

import hydra
import ray
from omegaconf import DictConfig, OmegaConf, open_dict
from verl.trainer.main_ppo import TaskRunnerV1, run_ppo
from verl.trainer.ppo.utils import need_critic, need_reference_policy
from verl.utils.config import validate_config
from verl.utils.device import auto_set_device

PLUGIN = "golongrl.verl.plugin"


class TaskRunner(TaskRunnerV1.__ray_metadata__.modified_class):
    """verl's runner; `ray.remote` has wrapped its class."""

    def run(self, config: DictConfig) -> None:
        from golongrl.verl.trainer import install

        install()
        super().run(config)


def forward_plugin(config: DictConfig) -> None:
    """Every process of the cluster imports the plugin when it imports verl, and fails loudly where it is not installed."""
    modules = [name for name in os.environ.get("VERL_USE_EXTERNAL_MODULES", "").split(",") if name]
    if PLUGIN not in modules:
        modules.append(PLUGIN)
    with open_dict(config):
        OmegaConf.update(
            config, "ray_kwargs.ray_init.runtime_env.env_vars.VERL_USE_EXTERNAL_MODULES", ",".join(modules), force_add=True
        )


@hydra.main(config_path="pkg://verl.trainer.config", config_name="ppo_trainer", version_base=None)
def main(config: DictConfig) -> Any:
    if not config.trainer.use_v1:
        raise SystemExit("trainer.use_v1: got False, expected True: the older trainer carries no task")
    auto_set_device(config)
    validate_config(config=config, use_reference_policy=need_reference_policy(config), use_critic=need_critic(config))
    forward_plugin(config)
    run_ppo(config, task_runner_class=ray.remote(TaskRunner))


if __name__ == "__main__":
    main()
