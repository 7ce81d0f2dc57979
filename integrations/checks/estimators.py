"""The estimators of the package against those of TypeScript, on random batches: `golongrl advantage` reads what is drawn here.

Usage: estimators.py COMMAND... (what starts golongrl).
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from golongrl import ESTIMATORS, estimate

BATCHES = 300


def draw(seed: int, signed: bool) -> dict[str, Any]:
    """Up to 12 groups of 1 to 16 rollouts in up to 4 tasks; rewards are coarse, fine, all alike or, where `signed`, negative."""
    rng = random.Random(seed)
    kind = rng.choice(["coarse", "fine", "alike", "wide"])
    value = {
        "coarse": lambda: rng.choice([0.0, 1.0]),
        "fine": rng.random,
        "alike": lambda: 0.3 + 1e-10 * rng.random(),
        "wide": lambda: rng.uniform(-1e3 if signed else 0, 1e3),
    }[kind]
    rows = []
    for prompt in range(rng.randint(1, 12)):
        task = rng.choice(["EM", "F1_Score", "NDCG", "SubEM"])
        rows += [(value(), f"p{prompt}", task) for _ in range(rng.randint(1, 16))]
    rng.shuffle(rows)
    rewards, prompts, tasks = map(list, zip(*rows, strict=True))
    return {"rewards": rewards, "prompts": prompts, "tasks": tasks, "alpha": rng.random(), "gamma": rng.uniform(0, 3)}


def main(command: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "batches.jsonl"
        for name in ESTIMATORS:
            # maxrl divides by a group's mean and refuses negative rewards.
            batches = [draw(seed, signed=name != "maxrl") for seed in range(BATCHES)]
            file.write_text("".join(f"{json.dumps(batch)}\n" for batch in batches))
            out = Path(folder) / f"{name}.jsonl"
            subprocess.run([*command, "advantage", str(file), "--estimator", name, "--out", str(out), "--format", "quiet"], check=True)
            worst = 0.0
            for batch, line in zip(batches, out.read_text().splitlines(), strict=True):
                theirs = json.loads(line)["advantages"]
                ours = estimate(name, batch["rewards"], batch["prompts"], batch["tasks"], batch["alpha"], batch["gamma"]).advantages
                worst = max([worst, *(abs(a - b) / max(1.0, abs(b)) for a, b in zip(ours, theirs, strict=True))])
            print(f"  {name}: {BATCHES} random batches, largest relative difference from TypeScript {worst:.1e}", flush=True)
            if worst > 1e-12:
                raise SystemExit(f"{name}: Python and TypeScript differ by {worst}")


main(sys.argv[1:])
