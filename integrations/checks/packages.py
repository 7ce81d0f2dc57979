"""The answers that the checks of environment packages give: some earn the marks, some none."""

from typing import Any

from same import read_rows

THOUGHT = "<think>\n</think>\n"
COPIES = 2


def responses(export: str, split: str) -> list[dict[str, Any]]:
    """Two responses to each sample, as rows for `golongrl score`: its gold answer and a wrong one, or only part of the gold."""
    rows = []
    for place, sample in enumerate(read_rows(f"{export}/{split}.jsonl")):
        gold = sample["reward"]["gold"]
        wrong = gold[:1] if place % 3 == 0 and len(gold) > 1 else ["no idea"]
        for lines in (gold, wrong):
            rows.append({"id": sample["id"], "reward": sample["reward"], "response": f"{THOUGHT}[Answer]\n" + "\n".join(lines)})
    return rows
