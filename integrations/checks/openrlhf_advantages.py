"""TaskExperienceMaker in the real OpenRLHF: golden batches through its own `compute_advantages_and_returns`.

Rollouts come in shuffled micro-batches, as its balancing makes them. Usage: openrlhf_advantages.py GOLDEN.
"""

import json
import random
import sys
from types import SimpleNamespace
from typing import Any

import torch
from golden import even_batches
from same import demand_same
from stand_ins import stand_in

# What OpenRLHF imports and this check never calls.
STOOD_IN = stand_in("deepspeed", "flash_attn", "ring_flash_attn", "vllm")

from openrlhf.trainer import ppo_trainer  # noqa: E402
from openrlhf.trainer.ppo_utils.experience import Experience  # noqa: E402

from golongrl import estimate  # noqa: E402
from golongrl.openrlhf.advantages import TaskExperienceMaker, install  # noqa: E402

BATCHES = 6
MICRO = 3
LENGTH = 4


def maker(size: int, own_estimator: str) -> TaskExperienceMaker:
    """One without actors: what computes advantages asks none of them."""
    advantage = SimpleNamespace(estimator=own_estimator, gamma=1.0, lambd=1.0, no_std_norm=False)
    reward = SimpleNamespace(clip_range=None, overlong_buffer_len=None, stop_properly_penalty_coef=None)
    rollout = SimpleNamespace(n_samples_per_prompt=size, max_new_tokens=LENGTH)
    args = SimpleNamespace(algo=SimpleNamespace(advantage=advantage), reward=reward, rollout=rollout)
    made = object.__new__(TaskExperienceMaker)
    made.strategy, made.args, made.advantage_estimator = SimpleNamespace(args=args), args, own_estimator
    made.kl_ctl = SimpleNamespace(value=0.0)
    return made


def experiences(batch: dict[str, Any]) -> list[Experience]:
    order = list(range(len(batch["rewards"])))
    random.Random(7).shuffle(order)
    made = []
    for start in range(0, len(order), MICRO):
        places = order[start : start + MICRO]
        mask = torch.ones(len(places), LENGTH, dtype=torch.bool)
        experience = Experience(
            index=places,
            labels=[json.dumps({"reward": {"metric": batch["tasks"][place]}}) for place in places],
            rewards=torch.tensor([batch["rewards"][place] for place in places], dtype=torch.float64),
            action_mask=mask,
            kl=torch.zeros(len(places), LENGTH),
            info={},
        )
        made.append(experience)
    return made


def main(golden: str) -> None:
    print(f"  not installed and stood in for: {', '.join(STOOD_IN)}")
    install()
    if ppo_trainer.RemoteExperienceMaker is not TaskExperienceMaker:
        raise SystemExit("OpenRLHF's trainer makes another experience maker")
    for number, batch in enumerate(even_batches(golden, BATCHES)):
        if batch["alpha"] != 0.8 or batch["gamma"] != 1:
            batch = {**batch, "alpha": 0.8, "gamma": 1.0, "tmn_reweight": None}
        own = ("dr_grpo", "group_norm", "rloo")[number % 3]
        done = maker(batch["size"], own).compute_advantages_and_returns(experiences(batch))
        got = [0.0] * len(batch["rewards"])
        for experience in done:
            for place, values in zip(experience.index, experience.advantages, strict=True):
                if not torch.allclose(values, values[0]):
                    raise SystemExit(f"tokens of a rollout differ: {values}")
                got[place] = values[0].item()
        exact = estimate("tmn-reweight", batch["rewards"], batch["prompt_ids"], batch["tasks"]).advantages
        demand_same(f"golden batch of {len(got)} rollouts under its own {own}", got, exact, "the estimator", 1e-5)
        if batch["tmn_reweight"] is not None:
            demand_same(f"golden batch of {len(got)} rollouts", got, batch["tmn_reweight"], "the golden advantages", 1e-5)


main(sys.argv[1])
