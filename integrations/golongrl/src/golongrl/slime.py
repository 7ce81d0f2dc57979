"""GoLongRL in slime, through its function paths:

    --custom-rm-path golongrl.slime.reward
    --custom-reward-post-process-path golongrl.slime.post_process_rewards
    --dynamic-sampling-filter-path golongrl.slime.keep_group
    --advantage-estimator grpo

`--label-key reward` and `--metadata-key metadata` name the columns of `golongrl data export --to trl`; a label may be a dictionary,
its JSON text, or a row in verl's layout. slime's `grpo` gives every token of a rollout the post-processed reward, which here is
the advantage; leave `--normalize-advantages` off. GOLONGRL_ESTIMATOR, GOLONGRL_ALPHA and GOLONGRL_GAMMA choose the estimator
(tmn-reweight, 0.8, 1).
"""

import asyncio
import json
import math
from collections.abc import Sequence
from typing import Any

from golongrl.advantages import chosen_estimate
from golongrl.client import shared_client
from golongrl.items import REWARD_COLUMNS, reward_item
from golongrl.tasks import row_task

# Key under which a sample's metadata keeps what the verdict was made of.
VERDICT = "golongrl"


async def reward(args: Any, sample: Any, **_: Any) -> float:
    """The reward of one sample. The verdict's state, format and reason go into `sample.metadata`."""
    return (await rewards(args, [sample]))[0]


async def rewards(args: Any, samples: Sequence[Any], **_: Any) -> list[float]:
    """The same for a group, with `--group-rm`: one request."""
    items = [reward_item(sample_row(sample), sample.response) for sample in samples]
    missing = [sample.index for sample, item in zip(samples, items, strict=True) if item is None]
    if missing:
        raise ValueError(f"sample {missing[0]}: its label is no reward; expected {{metric, gold, language}} or a row of verl")
    results = await asyncio.to_thread(shared_client().score, items)
    for sample, result in zip(samples, results, strict=True):
        kept = {name: result.get(name) for name in ("status", "state", "format", "reason", "acc")}
        sample.metadata = {**(sample.metadata or {}), VERDICT: kept}
    return [float(result["score"]) for result in results]


def post_process_rewards(args: Any, samples: Sequence[Any]) -> tuple[list[float], list[float]]:
    """[D] raw rewards and [D] advantages of a rollout batch. A sample whose gold nobody can judge is left out and gets 0."""
    flat = [sample for group in samples for sample in (group if isinstance(group, list) else [group])]
    raw = [float(sample.get_reward_value(args)) for sample in flat]
    judged = [d for d, sample in enumerate(flat) if _status(sample) != "unjudgeable" and math.isfinite(raw[d])]
    found = chosen_estimate(
        [raw[d] for d in judged],
        [group_of(args, flat[d]) for d in judged],
        [row_task(sample_row(flat[d])) for d in judged],
    )
    advantages = [0.0] * len(flat)
    for d, value in zip(judged, found.advantages, strict=True):
        advantages[d] = value
    return raw, advantages


def keep_group(args: Any, samples: Sequence[Any], **_: Any) -> Any:
    """slime's dynamic filter: keeps a group whose rewards are not all the same."""
    from slime.rollout.filter_hub.base_types import DynamicFilterOutput

    values = [float(sample.get_reward_value(args)) for sample in samples]
    keep = max(values) - min(values) > 1e-9
    return DynamicFilterOutput(keep=keep, reason=None if keep else f"same_reward_{values[0]:.1f}")


def sample_row(sample: Any) -> dict[str, Any]:
    """The reward columns of a sample: its label, else what stands in its metadata."""
    label = sample.label
    if isinstance(label, str) and label.lstrip().startswith("{"):
        label = json.loads(label)
    if not isinstance(label, dict):
        metadata = sample.metadata or {}
        return {name: metadata[name] for name in REWARD_COLUMNS if metadata.get(name) is not None}
    return {"reward": label} if "metric" in label else label


def group_of(args: Any, sample: Any) -> int:
    """The group of a sample; where slime numbers no groups, its place says it."""
    return sample.group_index if sample.group_index is not None else sample.index // args.n_samples_per_prompt


def _status(sample: Any) -> str | None:
    return ((sample.metadata or {}).get(VERDICT) or {}).get("status")
