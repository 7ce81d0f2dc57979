"""The advantage estimators of GoLongRL (arXiv 2605.19577), RLOO and MaxRL, in plain Python and double precision.

    grpo          A = (r - mean_x) / (std_x + 1e-6)          x: the rollout's prompt (group)
    dr-grpo       A = r - mean_x
    qwenlong      A = (r - mean_k) / (std_k + 1e-6)          k: the rollout's task
    tmn           A = (r - mean_x) / (scale_k + 1e-6)        scale_k = sqrt(mean over the groups x of k of var_x)
    tmn-reweight  the same, times exp(gamma (0.5 - p_x)) where r > mean_x, else exp(gamma (p_x - 0.5)), with
                  s_x = alpha mean_x + (1 - alpha) mean over x' in k of mean_x'   (single rollout: the task mean alone)
                  p_x = share of the group with r > s_x
    rloo          A = r - mean of the other rewards of x     (arXiv 2402.14740; single rollout: A = r)
    maxrl         A = (r - mean_x) / (mean_x + 1e-6)         (arXiv 2602.02710; single rollout: A = r; r >= 0)

Variances are sample variances (n - 1). A group of one rollout has mean 0 and variance 1, as in the reference.
"""

import math
import os
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

EstimatorName = Literal["grpo", "dr-grpo", "qwenlong", "tmn", "tmn-reweight", "rloo", "maxrl"]
ESTIMATORS: tuple[EstimatorName, ...] = get_args(EstimatorName)
EPSILON = 1e-6
# A reward that equals a mean must not change sides with the order in which the mean was summed.
TIE = 1e-9


class AdvantageError(ValueError):
    """A batch that no estimator can read."""


@dataclass(frozen=True)
class Advantages:
    """[D] advantages, one a rollout, and the mean pass rate over prompts (NaN but for tmn-reweight)."""

    advantages: list[float]
    mean_pass_rate: float = math.nan


@dataclass(frozen=True)
class _Group:
    task: str
    members: list[int]
    mean: float
    variance: float


def estimate(
    name: EstimatorName,
    rewards: Sequence[float],
    prompts: Sequence[Hashable],
    tasks: Sequence[str],
    alpha: float = 0.8,
    gamma: float = 1.0,
) -> Advantages:
    """The advantages of a batch: `rewards`, `prompts` (group keys) and `tasks` (reward types) are [D].

    `alpha` and `gamma` are read by tmn-reweight alone. Raises AdvantageError where lengths differ, a reward is not finite,
    a task key is empty or a prompt has two tasks, and under maxrl where a reward is negative.
    """
    if name not in ESTIMATORS:
        raise AdvantageError(f"estimator: got {name!r}, expected {' | '.join(ESTIMATORS)}")
    values = [float(reward) for reward in rewards]
    _check(values, prompts, tasks)
    if name == "qwenlong":
        return Advantages(_qwenlong(values, tasks))
    groups = _groups(values, prompts, tasks)
    if name == "tmn-reweight":
        return _tmn_reweight(values, groups, alpha, gamma)
    if name == "tmn":
        return Advantages(_tmn(values, groups))
    if name == "rloo":
        return Advantages(_rloo(values, groups))
    if name == "maxrl":
        return Advantages(_maxrl(values, groups))
    return Advantages(_grpo(values, groups, spread=name == "grpo"))


def chosen_estimate(rewards: Sequence[float], prompts: Sequence[Hashable], tasks: Sequence[str]) -> Advantages:
    """`estimate` as the environment says: GOLONGRL_ESTIMATOR (tmn-reweight), GOLONGRL_ALPHA (0.8), GOLONGRL_GAMMA (1)."""
    return estimate(
        os.environ.get("GOLONGRL_ESTIMATOR", "tmn-reweight"),  # type: ignore[arg-type]
        rewards,
        prompts,
        tasks,
        alpha=float(os.environ.get("GOLONGRL_ALPHA", "0.8")),
        gamma=float(os.environ.get("GOLONGRL_GAMMA", "1")),
    )


def _grpo(rewards: list[float], groups: list[_Group], spread: bool) -> list[float]:
    result = [0.0] * len(rewards)
    for group in groups:
        scale = math.sqrt(group.variance) + EPSILON if spread else 1.0
        for d in group.members:
            result[d] = (rewards[d] - group.mean) / scale
    return result


def _rloo(rewards: list[float], groups: list[_Group]) -> list[float]:
    result = [0.0] * len(rewards)
    for group in groups:
        n = len(group.members)
        factor = 1.0 if n == 1 else n / (n - 1)
        for d in group.members:
            result[d] = (rewards[d] - group.mean) * factor
    return result


def _maxrl(rewards: list[float], groups: list[_Group]) -> list[float]:
    for d, reward in enumerate(rewards):
        if reward < 0:
            raise AdvantageError(f"maxrl: reward {d} is {reward}, expected 0 or more: the mean of a group divides")
    result = [0.0] * len(rewards)
    for group in groups:
        scale = 1.0 if len(group.members) == 1 else group.mean + EPSILON
        for d in group.members:
            result[d] = (rewards[d] - group.mean) / scale
    return result


def _qwenlong(rewards: list[float], tasks: Sequence[str]) -> list[float]:
    by_task: dict[str, list[float]] = {}
    for reward, task in zip(rewards, tasks, strict=True):
        by_task.setdefault(task, []).append(reward)
    moments = {task: _moments(values) for task, values in by_task.items()}
    return [(reward - moments[task][0]) / (math.sqrt(moments[task][1]) + EPSILON) for reward, task in zip(rewards, tasks, strict=True)]


def _tmn(rewards: list[float], groups: list[_Group]) -> list[float]:
    variance = _task_means(groups, lambda group: group.variance)
    result = [0.0] * len(rewards)
    for group in groups:
        scale = math.sqrt(variance[group.task]) + EPSILON
        for d in group.members:
            result[d] = (rewards[d] - group.mean) / scale
    return result


def _tmn_reweight(rewards: list[float], groups: list[_Group], alpha: float, gamma: float) -> Advantages:
    result = _tmn(rewards, groups)
    task_means = _task_means(groups, lambda group: group.mean)
    pass_rates = 0.0
    for group in groups:
        task_mean = task_means[group.task]
        smoothed = task_mean if len(group.members) == 1 else alpha * group.mean + (1 - alpha) * task_mean
        pass_rate = sum(rewards[d] > smoothed + TIE for d in group.members) / len(group.members)
        pass_rates += pass_rate
        up, down = math.exp(gamma * (0.5 - pass_rate)), math.exp(gamma * (pass_rate - 0.5))
        for d in group.members:
            result[d] *= up if rewards[d] > group.mean + TIE else down
    return Advantages(result, pass_rates / len(groups) if groups else math.nan)


def _task_means(groups: Iterable[_Group], value: Callable[[_Group], float]) -> dict[str, float]:
    """The mean of `value` over the groups of each task."""
    lists: dict[str, list[float]] = {}
    for group in groups:
        lists.setdefault(group.task, []).append(value(group))
    return {task: _moments(values)[0] for task, values in lists.items()}


def _moments(values: Sequence[float]) -> tuple[float, float]:
    """Sample mean and variance; the variance is 1 for a single value. Summed from left to right, as the TypeScript does."""
    total = 0.0
    for value in values:
        total += value
    mean = total / len(values)
    if len(values) < 2:
        return mean, 1.0
    squares = 0.0
    for value in values:
        squares += (value - mean) ** 2
    return mean, squares / (len(values) - 1)


def _groups(rewards: list[float], prompts: Sequence[Hashable], tasks: Sequence[str]) -> list[_Group]:
    """The groups in order of first appearance."""
    members: dict[Hashable, list[int]] = {}
    for d, prompt in enumerate(prompts):
        members.setdefault(prompt, []).append(d)
    groups = []
    for places in members.values():
        mean, variance = _moments([rewards[d] for d in places])
        groups.append(_Group(tasks[places[0]], places, 0.0 if len(places) == 1 else mean, variance))
    return groups


def _check(rewards: list[float], prompts: Sequence[Hashable], tasks: Sequence[str]) -> None:
    if not len(rewards) == len(prompts) == len(tasks):
        raise AdvantageError(f"got {len(rewards)} rewards, {len(prompts)} prompts and {len(tasks)} tasks, expected equal lengths")
    known: dict[Hashable, str] = {}
    for d, (reward, prompt, task) in enumerate(zip(rewards, prompts, tasks, strict=True)):
        if not math.isfinite(reward):
            raise AdvantageError(f"reward {d} is {reward}, expected a finite number")
        if not isinstance(task, str) or not task:
            raise AdvantageError(
                f"rollout {d} has the task key {task!r}, expected its reward type (EM, Accuracy, ...). "
                "An empty key would merge unlike tasks: set extra_info.reward_mode on every row."
            )
        if known.setdefault(prompt, task) != task:
            raise AdvantageError(f"prompt {prompt!r} has rollouts of tasks {known[prompt]!r} and {task!r}, expected one task")
