"""What a step says of each task, beside the trainer's own metrics."""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any


def task_metrics(
    rewards: Sequence[float],
    prompts: Sequence[Hashable],
    tasks: Sequence[str],
    advantages: Sequence[float],
    lengths: Sequence[float] | None = None,
) -> dict[str, float]:
    """`task/F1_Score/{groups, rollouts, reward/mean, reward/std_in_group, advantage/abs_mean, response_length/mean}`; all [D]."""
    places: dict[str, dict[Hashable, list[int]]] = {}
    for d, (task, prompt) in enumerate(zip(tasks, prompts, strict=True)):
        places.setdefault(task, {}).setdefault(prompt, []).append(d)
    metrics: dict[str, float] = {}
    for task, groups in sorted(places.items()):
        rows = [d for group in groups.values() for d in group]
        spreads = [_deviation([rewards[d] for d in group]) for group in groups.values() if len(group) > 1]
        metrics |= {
            f"task/{task}/groups": float(len(groups)),
            f"task/{task}/rollouts": float(len(rows)),
            f"task/{task}/reward/mean": _mean([rewards[d] for d in rows]),
            f"task/{task}/reward/std_in_group": _mean(spreads) if spreads else 0.0,
            f"task/{task}/advantage/abs_mean": _mean([abs(advantages[d]) for d in rows]),
        }
        if lengths is not None:
            metrics[f"task/{task}/response_length/mean"] = _mean([lengths[d] for d in rows])
    return metrics


def answer_metrics(tasks: Sequence[str], infos: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """`task/F1_Score/{state/cut, format/exact, no_verdict, ...}`: shares of the rollouts of which the reward function told it."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    for task, info in zip(tasks, infos, strict=True):
        if info.get("state"):
            told.setdefault(task, []).append(info)
    metrics: dict[str, float] = {}
    for task, rows in sorted(told.items()):
        for kind in ("state", "format"):
            metrics |= {f"task/{task}/{kind}/{name}": count / len(rows) for name, count in Counter(row[kind] for row in rows).items()}
        metrics[f"task/{task}/no_verdict"] = sum(row["reward_failed"] for row in rows) / len(rows)
    return metrics


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _deviation(values: Sequence[float]) -> float:
    """Sample standard deviation."""
    mean = _mean(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
