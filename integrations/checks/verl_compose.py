"""Hydra composes what an exported `launch.sh` would start, strictly, and verl's own validation accepts it.

Usage: verl_compose.py EXPORT...
"""

import subprocess
import sys
from pathlib import Path

from hydra import compose, initialize_config_module
from omegaconf import DictConfig, OmegaConf


def launch_overrides(export: str, *more: str) -> list[str]:
    """The overrides of an exported launch script, `more` after them."""
    command = ["bash", str(Path(export) / "launch.sh"), "--print", *more]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def launch_config(export: str, *more: str) -> DictConfig:
    with initialize_config_module("verl.trainer.config", version_base=None):
        return compose("ppo_trainer", launch_overrides(export, *more))


def main(export: str) -> None:
    config = launch_config(export)
    assert OmegaConf.is_struct(config), "an open configuration would take any key"
    OmegaConf.resolve(config)
    print(f"  {Path(export).name}: {len(launch_overrides(export))} overrides composed, no unknown key")
    estimator, actor = config.algorithm.adv_estimator, config.actor_rollout_ref.actor
    if actor.strategy == "megatron":
        split = f"TP {actor.megatron.tensor_model_parallel_size}"
    else:
        split = f"{actor.strategy}, SP {actor.fsdp_config.ulysses_sequence_parallel_size}"
    print(
        f"    {estimator}, lr {actor.optim.lr:g}, clip {actor.clip_ratio_low}/{actor.clip_ratio_high}, "
        f"{config.data.train_batch_size} x {config.actor_rollout_ref.rollout.n}, {split}"
    )


if __name__ == "__main__":
    for export in sys.argv[1:]:
        main(export)
