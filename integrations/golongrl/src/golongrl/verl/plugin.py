"""TMN and TMN-Reweight as the advantage estimator `tmn_grpo` of verl. Importing this module registers it:

    VERL_USE_EXTERNAL_MODULES=golongrl.verl.plugin   (an import that fails ends the run)
    the entry point `verl.plugins` of this package   (found by itself; verl only logs a failure)

The estimator needs the task of each rollout, which verl gives to no estimator. `python -m golongrl.verl.main` starts verl's
own training with a trainer that writes the task into the group's uid (`golongrl.verl.trainer`).

`+algorithm.difficulty_reweight=True` makes it TMN-Reweight, `+algorithm.difficulty_smooth_alpha` is alpha (0.8, the paper's),
`+algorithm.difficulty_gamma` gamma (1). Computed in double precision (`golongrl.advantages`): the released float32 code
loses up to 6e-3 where the rewards of a group hardly differ.
"""

from typing import Any

import torch
from verl.trainer.ppo.core_algos import register_adv_est

from golongrl.advantages import estimate
from golongrl.verl.uids import is_padding, task_of

ESTIMATOR_NAME = "tmn_grpo"


@register_adv_est(ESTIMATOR_NAME)
def tmn_grpo(
    token_level_rewards: torch.Tensor,
    response_mask: torch.Tensor,
    index: Any = None,
    config: Any = None,
    **_: Any,
) -> tuple[torch.Tensor, torch.Tensor]:
    """verl's signature: [D, T] rewards and mask, `index` the uid of each row. Returns advantages twice, as outcome estimators do."""
    if index is None:
        raise ValueError("tmn_grpo needs the uid of each rollout, which the trainer gives as `index`")
    option = (config or {}).get
    rewards = token_level_rewards.sum(dim=-1)
    uids = [str(uid) for uid in index]
    real = [row for row, uid in enumerate(uids) if not is_padding(uid)]
    prompts = [uids[row] for row in real]
    found = estimate(
        "tmn-reweight" if option("difficulty_reweight", False) else "tmn",
        rewards[real].tolist(),
        prompts,
        [task_of(uid) for uid in prompts],
        alpha=float(option("difficulty_smooth_alpha", 0.8)),
        gamma=float(option("difficulty_gamma", 1.0)),
    )
    scores = torch.zeros_like(rewards)
    scores[real] = torch.tensor(found.advantages, dtype=rewards.dtype, device=rewards.device)
    advantages = scores.unsqueeze(-1) * response_mask
    return advantages, advantages
