"""TRL's reward function, over `golongrl reward serve`.

    trainer = GRPOTrainer(model, reward_funcs=reward_func, train_dataset=dataset, ...)

Dataset columns: `reward` ({metric, gold, language}, a native sample), or `data_source` with `ground_truth` (or verl's
`reward_model`) and with `extra_info` or `reward_mode`. The environment names the server (see `golongrl.client`).
"""

from collections.abc import Callable, Sequence
from typing import Any

from golongrl.client import FORMATS, STATES, shared_client
from golongrl.items import REWARD_COLUMNS, Message, completion_text, reward_item

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
    items = [reward_item(_row(columns, i), completion_text(completion)) for i, completion in enumerate(completions)]
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


def _row(columns: dict[str, Any], i: int) -> dict[str, Any]:
    return {name: columns[name][i] for name in REWARD_COLUMNS if columns.get(name) is not None}
