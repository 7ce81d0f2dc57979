"""TRL's reward function, over `golongrl reward serve`.

    trainer = GRPOTrainer(model, reward_funcs=reward_func, train_dataset=dataset, ...)

Dataset columns: `reward` ({metric, gold, language}, a native sample), or `data_source` with `ground_truth` (or verl's
`reward_model`) and with `extra_info` or `reward_mode`. The environment names the server (see `golongrl_reward.client`).
"""

from collections.abc import Callable, Sequence
from typing import Any

from golongrl_reward.client import FORMATS, STATES, row_item, shared_client

Message = dict[str, Any]


def reward_func(
    completions: Sequence[str | Sequence[Message]],
    log_extra: Callable[[str, list[Any]], None] | None = None,
    log_metric: Callable[[str, float], None] | None = None,
    **columns: Any,
) -> list[float | None]:
    """A reward for each completion.

    None for a row that carries neither form, so that other rewards can serve it, and for one whose gold nobody can judge: all
    completions of its prompt get None, so that the group carries no advantage instead of a zero.
    """
    items = [_item(completion, _row(columns, i)) for i, completion in enumerate(completions)]
    scored = iter(shared_client().score([item for item in items if item is not None]))
    results = [None if item is None else next(scored) for item in items]
    if log_extra is not None:
        for name in ("reason", "state", "format"):
            log_extra(f"reward_{name}", [None if result is None else result.get(name) for result in results])
    asked = [result for result in results if result is not None]
    if log_metric is not None and asked:
        log_metric("reward_failed", sum(result["status"] != "ok" for result in asked) / len(asked))
        for kind, names in (("state", STATES), ("format", FORMATS)):
            for name in names:
                log_metric(f"reward_{kind}/{name}", sum(result.get(kind) == name for result in asked) / len(asked))
    return [None if result is None or result["status"] == "unjudgeable" else float(result["score"]) for result in results]


def completion_text(completion: str | Sequence[Message]) -> str:
    """What the model wrote. A chat template may have cut the thinking off into a field of its own: it is put back."""
    if isinstance(completion, str):
        return completion
    if not completion:
        return ""
    # Tool calls and their answers come before: the last message is the answer.
    message = completion[-1]
    thinking = message.get("reasoning_content") or message.get("thinking")
    content = _content_text(message.get("content"))
    return f"<think>\n{thinking}\n</think>\n\n{content}" if thinking else content


def _content_text(content: Any) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(part.get("text", "") for part in content if part.get("type") == "text")


def _row(columns: dict[str, Any], i: int) -> dict[str, Any]:
    names = ("reward", "data_source", "ground_truth", "reward_model", "extra_info", "reward_mode")
    return {name: columns[name][i] for name in names if columns.get(name) is not None}


def _item(completion: str | Sequence[Message], row: dict[str, Any]) -> dict[str, Any] | None:
    response = completion_text(completion)
    if row.get("reward") is not None:
        return {"reward": row["reward"], "response": response}
    if row.get("data_source") is None:
        return None
    truth = row.get("ground_truth")
    if truth is None and row.get("reward_model") is not None:
        truth = row["reward_model"].get("ground_truth")
    mode = row.get("reward_mode")
    return row_item(row["data_source"], response, truth, row.get("extra_info") if mode is None else {"reward_mode": mode})
