"""Groups as one row of tokens: prompt, leaf, leaf, ..., prompt, leaf, ... Each leaf's positions follow its prompt's."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Group:
    """Token ids: the prompt [P] and what was sampled after it, each leaf [R] with R of at least 1."""

    prompt: torch.Tensor
    leaves: Sequence[torch.Tensor]


@dataclass(frozen=True)
class Span:
    """Where a group stands in the row: its prompt at [start, start + prompt), then its leaves one after the other."""

    start: int
    prompt: int
    leaves: tuple[int, ...]

    @property
    def leaves_start(self) -> int:
        return self.start + self.prompt

    @property
    def end(self) -> int:
        return self.leaves_start + sum(self.leaves)


@dataclass(frozen=True)
class Packed:
    """`input_ids` and `position_ids` [1, S]; `spans` one a group; `predictors` [L] the places whose logits predict the leaves' tokens."""

    input_ids: torch.Tensor
    position_ids: torch.Tensor
    spans: tuple[Span, ...]
    predictors: torch.Tensor
    targets: torch.Tensor

    @property
    def leaf_lengths(self) -> list[int]:
        return [length for span in self.spans for length in span.leaves]


def pack(groups: Sequence[Group]) -> Packed:
    """One row of all groups. Raises ValueError for a group without a prompt, without leaves or with an empty leaf."""
    tokens: list[torch.Tensor] = []
    positions: list[torch.Tensor] = []
    predictors: list[torch.Tensor] = []
    spans: list[Span] = []
    start = 0
    for number, group in enumerate(groups):
        lengths = tuple(len(leaf) for leaf in group.leaves)
        prompt = len(group.prompt)
        if prompt == 0 or not lengths or min(lengths) == 0:
            raise ValueError(f"group {number}: got a prompt of {prompt} tokens and leaves of {lengths}, expected at least one token in each")
        span = Span(start, prompt, lengths)
        spans.append(span)
        device = group.prompt.device
        tokens += [group.prompt, *group.leaves]
        positions.append(torch.arange(prompt, device=device))
        place = span.leaves_start
        for length in lengths:
            positions.append(torch.arange(prompt, prompt + length, device=device))
            # The prompt's last token predicts the first of every leaf.
            first = torch.tensor([span.leaves_start - 1], device=device)
            predictors.append(torch.cat([first, torch.arange(place, place + length - 1, device=device)]))
            place += length
        start = span.end
    targets = torch.cat([leaf for group in groups for leaf in group.leaves])
    return Packed(torch.cat(tokens).unsqueeze(0), torch.cat(positions).unsqueeze(0), tuple(spans), torch.cat(predictors), targets)


def group_rows(prompts: Sequence[torch.Tensor]) -> list[list[int]]:
    """The rows whose prompts are the same, in order of first appearance."""
    places: dict[bytes, list[int]] = {}
    for row, prompt in enumerate(prompts):
        places.setdefault(prompt.cpu().numpy().tobytes(), []).append(row)
    return list(places.values())
