"""Golden batches of the reference, as a trainer takes them: groups of one size."""

import json
from collections import Counter
from pathlib import Path
from typing import Any


def even_batches(file: str, count: int, at_least: int = 4) -> list[dict[str, Any]]:
    """The first batches whose groups all have one size of two or more; `size` says which."""
    found = []
    for line in Path(file).read_text().splitlines():
        row = json.loads(line)
        sizes = set(Counter(row["prompt_ids"]).values())
        if len(sizes) == 1 and min(sizes) > 1 and len(row["rewards"]) >= at_least and len(set(row["tmn_reweight"])) > 1:
            # The rollouts of a group together, as trainers have them.
            order = sorted(range(len(row["rewards"])), key=lambda d: row["prompt_ids"].index(row["prompt_ids"][d]))
            by_rollout = {name: [values[d] for d in order] for name, values in row.items() if isinstance(values, list)}
            found.append({**row, **by_rollout, "size": min(sizes)})
        if len(found) == count:
            break
    return found
