"""The task of a group: from a row of the dataset, into the group's uid, and out of it again.

The task key is the type of the reward, as the paper's TMN has it: the metric of a LongBench-Pro sub-task, else
`extra_info.reward_mode`. A row without one would be merged with rows of other tasks, so it is an error.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, unquote

# Stands between task and uid. verl splits a trajectory's key at underscores, so neither may hold one.
SEPARATOR = "~"
# uid of the rows that verl adds to make a batch divisible: they belong to no task and carry no loss.
PADDING = "pad"


class TaskKeyError(ValueError):
    """A row or a uid without a task."""


@cache
def _sub_tasks() -> dict[str, str]:
    """The metric of each LongBench-Pro sub-task, by its name with and without its number."""
    numbered = json.loads(files("golongrl_verl").joinpath("task_keys.json").read_text())
    return numbered | {name.partition(" ")[2]: metric for name, metric in numbered.items()}


def task_key(data_source: Any, extra_info: Any) -> str:
    """The task of a dataset row."""
    mode = extra_info.get("reward_mode") if isinstance(extra_info, Mapping) else None
    if not isinstance(mode, str) or not mode.strip():
        raise TaskKeyError(
            f"extra_info.reward_mode: got {mode!r}, expected the row's reward type (data_source {str(data_source)[:60]!r}). "
            "An empty key would merge unlike tasks. `golongrl export verl` always sets it."
        )
    if data_source != "longbench_pro":
        return mode
    metrics = _sub_tasks()
    if mode in metrics:
        return metrics[mode]
    if mode in metrics.values():
        return mode
    raise TaskKeyError(f"extra_info.reward_mode: got {mode!r}, expected a sub-task of LongBench-Pro or its metric")


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


def uid_with_task(task: str, uid: str) -> str:
    """`F1%5FScore~5f0c...`: percent-encoded, because verl splits keys at underscores."""
    encoded = quote(task, safe="").replace("_", "%5F").replace(SEPARATOR, "%7E")
    return f"{encoded}{SEPARATOR}{uid}"


def is_padding(uid: str) -> bool:
    return uid.startswith(PADDING) and SEPARATOR not in uid


def task_of(uid: str) -> str:
    """The task that `uid_with_task` wrote."""
    encoded, separator, _ = uid.partition(SEPARATOR)
    task = unquote(encoded)
    if not separator or not task:
        raise TaskKeyError(
            f"uid {uid[:80]!r}: carries no task. tmn_grpo needs the trainer of `python -m golongrl_verl.main`, which writes "
            "the task into the uid of every group."
        )
    return task
