"""The task of a row: the type of its reward, by which TMN scales.

It is the metric of a native sample's `reward`, the metric of a LongBench-Pro sub-task, else `extra_info.reward_mode`. A row
without one would be merged with rows of other tasks, so it is an error.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


class TaskKeyError(ValueError):
    """A row or a uid without a task."""


@cache
def _sub_tasks() -> dict[str, str]:
    """The metric of each LongBench-Pro sub-task, by its name with and without its number."""
    numbered = json.loads(files("golongrl").joinpath("task_keys.json").read_text())
    return numbered | {name.partition(" ")[2]: metric for name, metric in numbered.items()}


def task_key(data_source: Any, extra_info: Any) -> str:
    """The task of a row in verl's layout. Raises TaskKeyError."""
    mode = extra_info.get("reward_mode") if isinstance(extra_info, Mapping) else None
    if not isinstance(mode, str) or not mode.strip():
        raise TaskKeyError(
            f"extra_info.reward_mode: got {mode!r}, expected the row's reward type (data_source {str(data_source)[:60]!r}). "
            "An empty key would merge unlike tasks. `golongrl export` always sets it."
        )
    if data_source != "longbench_pro":
        return mode
    metrics = _sub_tasks()
    if mode in metrics:
        return metrics[mode]
    if mode in metrics.values():
        return mode
    raise TaskKeyError(f"extra_info.reward_mode: got {mode!r}, expected a sub-task of LongBench-Pro or its metric")


def row_task(row: Mapping[str, Any]) -> str:
    """The task of a row in any layout that `golongrl.items.reward_item` reads. Raises TaskKeyError."""
    reward = row.get("reward")
    if isinstance(reward, Mapping):
        metric = reward.get("metric")
        if not isinstance(metric, str) or not metric:
            raise TaskKeyError(f"reward.metric: got {metric!r}, expected the row's reward type")
        return metric
    mode = row.get("reward_mode")
    return task_key(row.get("data_source"), row.get("extra_info") if mode is None else {"reward_mode": mode})


def check_rows(rows: Iterable[tuple[Any, Any]]) -> dict[str, int]:
    """Rows of each task; `rows` are (data_source, extra_info). Names the first row without a task."""
    counts: dict[str, int] = {}
    for number, (data_source, extra_info) in enumerate(rows):
        try:
            task = task_key(data_source, extra_info)
        except TaskKeyError as error:
            raise TaskKeyError(f"row {number}: {error}") from None
        counts[task] = counts.get(task, 0) + 1
    return counts
