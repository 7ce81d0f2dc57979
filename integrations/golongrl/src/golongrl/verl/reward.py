"""verl's custom reward function, over `golongrl reward serve`.

    reward.custom_reward_function.path=pkg://golongrl.verl.reward
    reward.custom_reward_function.name=compute_score_async

`compute_score_async` sends the calls that a worker has under way together and suits the naive, dapo, gdpo and limited
reward managers; `compute_score` is for managers that take no coroutine (remote) and for older versions;
`compute_score_batch` is for the batch manager of versions before 0.7. `+reward.custom_reward_function.reward_kwargs`
may name `url`, `token`, `profile` and `on_error`; without them the environment decides (see `golongrl.client`).
"""

import asyncio
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from golongrl.client import RewardClient, answer_shares, shared_client
from golongrl.items import row_item

# Seconds that the first of several concurrent calls waits for the others.
GATHER_FOR = 0.005


def compute_score(*row: Any, **columns: Any) -> dict[str, Any]:
    """The reward of one response: `{score, acc, pred, task, state, format, reason, reward_failed, state_*, format_*}`, the same keys for every row.

    verl gives `data_source`, `solution_str`, `ground_truth` and `extra_info` by name; the settings stand beside them.
    """
    client, item = _call(*row, **columns)
    return _shown(client.score([item])[0])


async def compute_score_async(*row: Any, **columns: Any) -> dict[str, Any]:
    """`compute_score` without a thread held for each call."""
    client, item = _call(*row, **columns)
    loop = asyncio.get_running_loop()
    future: asyncio.Future[dict[str, Any]] = loop.create_future()
    waiting = _waiting.setdefault(loop, {}).setdefault(client, [])
    waiting.append((item, future))
    if len(waiting) == 1:
        loop.call_later(GATHER_FOR, lambda: _keep(loop.create_task(_flush(client))))
    return _shown(await future)


def compute_score_batch(
    data_sources: Sequence[str],
    solution_strs: Sequence[str],
    ground_truths: Sequence[Any],
    extra_infos: Sequence[dict[str, Any] | None],
    **settings: Any,
) -> list[dict[str, Any]]:
    """The rewards of a batch, in its order."""
    client = _client(settings)
    rows = zip(data_sources, solution_strs, ground_truths, extra_infos, strict=True)
    return [_shown(result) for result in client.score([row_item(*row) for row in rows])]


def _call(
    data_source: str, solution_str: str, ground_truth: Any, extra_info: dict[str, Any] | None = None, **settings: Any
) -> tuple[RewardClient, dict[str, Any]]:
    """The client that a call of verl goes to, and its item."""
    return _client(settings), row_item(data_source, solution_str, ground_truth, extra_info)


def _client(settings: dict[str, Any]) -> RewardClient:
    """The client for `reward_kwargs`; what else verl passes is not for it."""
    return shared_client(**{name: settings[name] for name in ("url", "token", "profile", "on_error") if name in settings})


def _shown(result: dict[str, Any]) -> dict[str, Any]:
    return {
        "score": float(result["score"]),
        "acc": float(result["acc"]),
        "pred": result["extracted"],
        "task": result["task"],
        "state": result.get("state") or "",
        "format": result.get("format") or "",
        "reason": result["reason"],
        "reward_failed": float(result["status"] != "ok"),
        **answer_shares(result, "_"),
    }


_Waiting = list[tuple[dict[str, Any], "asyncio.Future[dict[str, Any]]"]]
_waiting: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[RewardClient, _Waiting]] = WeakKeyDictionary()
# A loop holds its tasks weakly.
_flushes: set["asyncio.Task[None]"] = set()


def _keep(task: "asyncio.Task[None]") -> None:
    _flushes.add(task)
    task.add_done_callback(_flushes.discard)


async def _flush(client: RewardClient) -> None:
    """Sends what waits for this client and hands out the results, or the failure."""
    loop = asyncio.get_running_loop()
    calls = _waiting[loop].pop(client)
    try:
        results = await loop.run_in_executor(None, client.score, [item for item, _ in calls])
    except Exception as error:
        for _, future in calls:
            if not future.done():
                future.set_exception(error)
        return
    for (_, future), result in zip(calls, results, strict=True):
        if not future.done():
            future.set_result(result)
