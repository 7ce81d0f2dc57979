"""From a dataset row and what the model wrote, in the layouts that trainers keep them, to an item of `RewardClient.score`."""

from collections.abc import Mapping, Sequence
from typing import Any

Message = Mapping[str, Any]

# The columns of a row that decide its reward, in one layout or the other.
REWARD_COLUMNS = ("reward", "data_source", "ground_truth", "reward_model", "extra_info", "reward_mode")


def row_item(data_source: Any, response: str, ground_truth: Any, extra_info: Any) -> dict[str, Any]:
    """The item of a row in verl's layout. Of `extra_info` only what decides the reward travels: the rest may be long."""
    mode = extra_info.get("reward_mode") if extra_info else None
    return {"data_source": data_source, "response": response, "ground_truth": ground_truth, "reward_mode": mode}


def reward_item(row: Mapping[str, Any], response: str) -> dict[str, Any] | None:
    """The item of a row: `reward` ({metric, gold, language}), or `data_source` with `ground_truth` (or verl's `reward_model`)
    and with `extra_info` or `reward_mode`. None for a row that carries neither.
    """
    if row.get("reward") is not None:
        return {"reward": row["reward"], "response": response}
    if row.get("data_source") is None:
        return None
    truth = row.get("ground_truth")
    if truth is None and row.get("reward_model") is not None:
        truth = row["reward_model"].get("ground_truth")
    mode = row.get("reward_mode")
    return row_item(row["data_source"], response, truth, row.get("extra_info") if mode is None else {"reward_mode": mode})


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
