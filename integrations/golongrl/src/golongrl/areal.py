"""GoLongRL's rewards in AReaL: `RLVRWorkflow(reward_fn="golongrl.areal.reward_fn", ...)`.

AReaL calls a reward function in a pool of processes, with the dataset's columns as keywords; each process has a client of its
own. A row without a verdict raises, so that AReaL tries again and then drops the rollout, instead of training on a zero.
"""

from typing import Any

from golongrl.client import shared_client
from golongrl.items import reward_item


def reward_fn(prompt: Any, completions: str, prompt_ids: Any, completion_ids: Any, **columns: Any) -> float:
    """The reward of one completion. `columns` holds `reward`, or verl's `data_source` and `ground_truth`."""
    item = reward_item(columns, str(completions))
    if item is None:
        raise ValueError(f"columns {sorted(columns)}: none is `reward` or `data_source`")
    (result,) = shared_client().score([item])
    if result["status"] == "unjudgeable":
        raise ValueError(f"no verdict: {result['reason']}")
    return float(result["score"])
