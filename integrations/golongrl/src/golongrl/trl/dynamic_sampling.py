"""Which groups of several generation batches a step trains on: those whose rewards differ, others only to fill it up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from golongrl.trl.batches import Batch, join, pick

# Rewards of a group that differ by less than this are one.
SAME = 1e-9


@dataclass(frozen=True)
class Rollouts:
    """A generation batch of one process: TRL's tensors, and reward (NaN: nobody could score it) and task of each rollout."""

    batch: Batch
    rewards: list[float]
    tasks: list[str]

    def groups(self, size: int) -> list[list[int]]:
        """The rows of each group; the rollouts of a group stand together."""
        return [list(range(start, start + size)) for start in range(0, len(self.rewards), size)]

    def spread(self, rows: Sequence[int]) -> bool:
        """Whether a group teaches anything: its rewards are not all the same."""
        known = [self.rewards[row] for row in rows if not math.isnan(self.rewards[row])]
        return bool(known) and max(known) - min(known) > SAME


def count_useful(rollouts: Rollouts, size: int) -> int:
    """Groups with spread."""
    return sum(rollouts.spread(rows) for rows in rollouts.groups(size))


def fill(parts: Sequence[Rollouts], size: int, padding_id: int) -> Rollouts:
    """As many groups as a part has: those with spread in the order they were drawn, then others where they do not suffice."""
    left = len(parts[0].rewards) // size
    chosen: list[list[int]] = [[] for _ in parts]
    for wanted in (True, False):
        for rows_of_part, part in zip(chosen, parts, strict=True):
            taken = [rows for rows in part.groups(size) if part.spread(rows) == wanted][:left]
            rows_of_part += [row for rows in taken for row in rows]
            left -= len(taken)
    picked = [(pick(part.batch, rows, len(part.rewards)), len(rows)) for part, rows in zip(parts, chosen, strict=True) if rows]
    pairs = [(part, row) for part, rows in zip(parts, chosen, strict=True) for row in rows]
    return Rollouts(join(picked, padding_id), [part.rewards[row] for part, row in pairs], [part.tasks[row] for part, row in pairs])
