"""The estimators of GoLongRL in OpenRLHF 0.11, which has no registry of its own: its experience maker is replaced.

    ray job submit --runtime-env-json '{"worker_process_setup_hook": "golongrl.openrlhf.advantages.install"}' -- \\
      python -m openrlhf.cli.train_ppo_ray --algo.advantage.estimator dr_grpo ...

The hook runs in every worker of Ray, the trainer's among them. GOLONGRL_ESTIMATOR names the estimator (tmn-reweight),
GOLONGRL_ALPHA and GOLONGRL_GAMMA its options. The task of a rollout is read from its label, the JSON text that the reward
function reads. OpenRLHF's own estimator must be one without a critic and without whitening: dr_grpo, group_norm or rloo.
"""

import json
from typing import Any

import torch
from openrlhf.trainer import ppo_trainer
from openrlhf.trainer.ppo_utils.experience_maker import RemoteExperienceMaker

from golongrl.advantages import chosen_estimate
from golongrl.tasks import row_task

UNWHITENED = ("dr_grpo", "group_norm", "rloo")


class TaskExperienceMaker(RemoteExperienceMaker):
    """OpenRLHF's, with other advantages. What KL penalty it adds to the rewards stays."""

    def compute_advantages_and_returns(self, experiences: list[Any]) -> list[Any]:
        args = self.strategy.args
        if args.algo.advantage.estimator not in UNWHITENED:
            raise ValueError(f"algo.advantage.estimator: got {args.algo.advantage.estimator!r}, expected {' | '.join(UNWHITENED)}")
        scores = [experience.rewards for experience in experiences]
        found = self._estimated(experiences)
        # Its own estimator sees zeros, so that what it computes is the penalty of KL alone.
        for experience in experiences:
            experience.rewards = torch.zeros_like(experience.rewards)
        result = super().compute_advantages_and_returns(experiences)
        for experience, rewards in zip(experiences, scores, strict=True):
            if experience.rewards.abs().max() > 0:
                raise ValueError("length penalties: TMN cannot see them here; give them in the reward function instead")
            experience.rewards = rewards
            own = torch.tensor([found[place] for place in experience.index], device=rewards.device)
            spread = own.unsqueeze(1) * experience.action_mask.to(own.dtype)
            experience.returns = experience.returns + spread.to(experience.returns.dtype)
            experience.advantages = experience.advantages + spread.to(experience.advantages.dtype)
            experience.info["return"] = experience.info["return"] + own.to(experience.info["return"].dtype)
        return result

    def _estimated(self, experiences: list[Any]) -> dict[int, float]:
        """The advantage of each rollout by its place in the step; rollouts of a prompt stand together there."""
        rows = sorted(
            (place, float(reward), str(label))
            for experience in experiences
            for place, reward, label in zip(experience.index, experience.rewards.tolist(), experience.labels, strict=True)
        )
        size = self.strategy.args.rollout.n_samples_per_prompt
        found = chosen_estimate(
            [reward for _, reward, _ in rows],
            [place // size for place, _, _ in rows],
            [row_task(json.loads(label)) for _, _, label in rows],
        )
        return {place: value for (place, _, _), value in zip(rows, found.advantages, strict=True)}


def install() -> None:
    """Puts the experience maker in the place of OpenRLHF's, in this process."""
    ppo_trainer.RemoteExperienceMaker = TaskExperienceMaker
