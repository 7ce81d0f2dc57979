"""What the trainer of TRL does with its batches of rollouts: pick rows, and join batches of different widths."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch

Batch = dict[str, Any]

# Padded on the left, as TRL pads prompts; everything else that has a second dimension is padded on the right.
LEFT_PADDED = ("prompt_ids", "prompt_mask")


def pick(batch: Mapping[str, Any], rows: Sequence[int], count: int) -> Batch:
    """The rows of a batch of `count` rollouts; what has no row (a scalar, None) stays."""
    places = torch.tensor(rows, dtype=torch.long)
    return {name: value[places.to(value.device)] if _by_row(value, count) else value for name, value in batch.items()}


def join(parts: Sequence[tuple[Batch, int]], padding_id: int) -> Batch:
    """One batch of several, each with its number of rollouts. Scalars are those of the last part."""
    joined: Batch = {}
    for name, last in parts[-1][0].items():
        values = [part[name] for part, count in parts if _by_row(part[name], count)]
        joined[name] = torch.cat(_same_width(name, values, padding_id)) if values else last
    return joined


def _by_row(value: Any, count: int) -> bool:
    return isinstance(value, torch.Tensor) and value.dim() > 0 and value.shape[0] == count


def _same_width(name: str, values: Sequence[torch.Tensor], padding_id: int) -> list[torch.Tensor]:
    if values[0].dim() < 2:
        return list(values)
    width = max(value.shape[1] for value in values)
    fill = padding_id if name.endswith("_ids") else 0
    padded = []
    for value in values:
        missing = width - value.shape[1]
        sides = (missing, 0) if name in LEFT_PADDED else (0, missing)
        padded.append(torch.nn.functional.pad(value, sides, value=fill))
    return padded
