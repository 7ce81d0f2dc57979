"""TRL's GRPOTrainer takes two steps on the CPU with a tiny random Qwen2, its rewards coming from the server.

Usage: trl_two_steps.py plain|conversational OUT. Writes OUT/rows.jsonl (every completion as a row for `golongrl score`) and
OUT/log.json (the rewards and the trainer's own log).
"""

import functools
import json
import math
import sys
from pathlib import Path
from typing import Any

from datasets import Dataset
from tiny import word_tokenizer
from transformers import set_seed
from trl import GRPOTrainer
from trl_tiny import cpu_settings, tiny_policy

from golongrl.items import completion_text
from golongrl.trl import reward_func

WORDS = ["Oslo\n", "Rome\n", "Chad\n", "Mali\n", "7 ", "[Answer]\n", "</think>\n", "Which "]
QUESTION = "Which Oslo\nRome\n"
ROWS = [
    {"reward": {"metric": "F1_Score", "gold": ["Oslo", "Rome", "Chad"], "language": "en"}},
    {"reward": {"metric": "SubEM", "gold": ["Mali", "Rome"], "language": "en"}},
    {
        "data_source": "longbench_pro",
        "ground_truth": {"doc_ids": ["Oslo", "Mali"], "golden_label": None, "summary": "English"},
        "reward_mode": "T6.2 Targeted Subset Cluster Identification",
    },
    {
        "data_source": "math_longcot_math_verify",
        "ground_truth": {"doc_ids": None, "golden_label": "7", "summary": None},
        "reward_mode": "math_verify",
    },
]
COLUMNS = ("reward", "data_source", "ground_truth", "reward_mode")


def main(kind: str, out: Path) -> None:
    set_seed(3)
    tokenizer = word_tokenizer(WORDS)
    prompt = QUESTION if kind == "plain" else [{"role": "user", "content": QUESTION}]
    dataset = Dataset.from_list([{"prompt": prompt, **{name: row.get(name) for name in COLUMNS}} for row in ROWS])
    seen: list[dict[str, Any]] = []

    given: list[float | None] = []

    @functools.wraps(reward_func)
    def overheard(*arguments: Any, **columns: Any) -> list[float | None]:
        """Our function, its answers remembered: the trainer's log has their means only."""
        answers = reward_func(*arguments, **columns)
        given.extend(answers)
        return answers

    def record(completions: list[Any], **columns: Any) -> list[float]:
        """Remembers what was scored; its weight is 0."""
        for i, completion in enumerate(completions):
            row = {name: columns[name][i] for name in COLUMNS if columns[name][i] is not None}
            extra = {"extra_info": {"reward_mode": row.pop("reward_mode", None)}}
            text = completion_text(completion)
            seen.append({**row, "response": text} if "reward" in row else {**row, **extra, "solution_str": text})
        return [0.0] * len(completions)

    trainer = GRPOTrainer(
        model=tiny_policy(tokenizer),
        processing_class=tokenizer,
        reward_funcs=[overheard, record],
        train_dataset=dataset,
        args=cpu_settings(
            out / "trainer",
            reward_weights=[1.0, 0.0],
            max_steps=2,
            per_device_train_batch_size=16,
            num_generations=4,
            max_completion_length=5,
            log_completions=False,
        ),
    )
    trainer.train()
    steps = [entry for entry in trainer.state.log_history if "rewards/reward_func/mean" in entry]
    if len(steps) != 2 or not all(math.isfinite(step["loss"]) and step["grad_norm"] > 0 for step in steps):
        raise SystemExit(f"expected two steps with gradients, got {steps}")
    (out / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in seen))
    means = [step["rewards/reward_func/mean"] for step in steps]
    failed = [step["reward_failed"] for step in steps]
    norms = [step["grad_norm"] for step in steps]
    (out / "log.json").write_text(json.dumps({"rewards": given, "means": means, "failed": failed, "grad_norms": norms}))


main(sys.argv[1], Path(sys.argv[2]))
