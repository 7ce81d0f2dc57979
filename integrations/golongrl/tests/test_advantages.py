"""The estimators against the reference's vectors and their own promises. `checks/estimators.py` compares them with TypeScript's."""

import json
import math
import random
import unittest
from pathlib import Path
from typing import Any

from golongrl import ESTIMATORS, AdvantageError, estimate

GOLDEN = Path(__file__).resolve().parents[3] / "test/golden/advantages.jsonl"


def golden() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLDEN.read_text().splitlines()]


def batch(seed: int) -> tuple[list[float], list[int], list[str]]:
    """Groups of 1 to 8 rollouts of up to six prompts in up to three tasks, their rollouts in any order."""
    draw = random.Random(seed)
    rows = []
    for prompt in range(draw.randint(1, 6)):
        task = draw.choice(["EM", "F1_Score", "NDCG"])
        rows += [(draw.randint(0, 20) / 20, prompt, task) for _ in range(draw.randint(1, 8))]
    draw.shuffle(rows)
    rewards, prompts, tasks = map(list, zip(*rows, strict=True))
    return rewards, prompts, tasks


class AdvantagesTest(unittest.TestCase):
    def test_the_golden_batches(self) -> None:
        # The reference computes in float32: where the rewards of a group hardly differ, it is off by as much as 1e-2.
        for name in ("grpo", "dr-grpo", "qwenlong", "tmn", "tmn-reweight"):
            errors = []
            for row in golden():
                found = estimate(name, row["rewards"], row["prompt_ids"], row["tasks"], row["alpha"], row["gamma"])
                expected = row[name.replace("-", "_")]
                errors.append(max(abs(a - b) for a, b in zip(found.advantages, expected, strict=True)))
                if name == "tmn-reweight":
                    self.assertAlmostEqual(found.mean_pass_rate, row["mean_pass_rate"], 5)
            self.assertEqual(len(errors), 200)
            self.assertLess(max(errors), 1e-2)
            self.assertGreaterEqual(sum(error < 1e-4 for error in errors), 196)

    def test_advantages_of_a_group_sum_to_zero_and_of_a_task_under_qwenlong(self) -> None:
        for seed in range(100):
            rewards, prompts, tasks = batch(seed)
            for name, keys in (("grpo", prompts), ("dr-grpo", prompts), ("tmn", prompts), ("rloo", prompts), ("maxrl", prompts), ("qwenlong", tasks)):
                sums: dict[Any, list[float]] = {}
                for key, value in zip(keys, estimate(name, rewards, prompts, tasks).advantages, strict=True):
                    sums.setdefault(key, []).append(value)
                for values in sums.values():
                    if len(values) > 1:
                        self.assertAlmostEqual(math.fsum(values), 0, 6)

    def test_the_order_of_rollouts_changes_nothing(self) -> None:
        for seed in range(100):
            rewards, prompts, tasks = batch(seed)
            for name in ESTIMATORS:
                forward = estimate(name, rewards, prompts, tasks).advantages
                back = estimate(name, rewards[::-1], prompts[::-1], tasks[::-1]).advantages[::-1]
                for a, b in zip(forward, back, strict=True):
                    self.assertAlmostEqual(a, b, 8)

    def test_a_better_rollout_of_a_group_never_gets_less(self) -> None:
        for seed in range(100):
            rewards, prompts, tasks = batch(seed)
            for name in ESTIMATORS:
                found = estimate(name, rewards, prompts, tasks).advantages
                for i, prompt in enumerate(prompts):
                    for j, other in enumerate(prompts):
                        if prompt == other and rewards[i] > rewards[j]:
                            self.assertGreaterEqual(found[i], found[j] - 1e-9)

    def test_vectors_made_by_hand(self) -> None:
        rewards, prompts, tasks = [1.0, 0.0, 0.0, 0.0, 0.5], ["a"] * 4 + ["b"], ["EM"] * 4 + ["NDCG"]
        for name, expected in (("rloo", [1, -1 / 3, -1 / 3, -1 / 3, 0.5]), ("maxrl", [3, -1, -1, -1, 0.5])):
            for found, value in zip(estimate(name, rewards, prompts, tasks).advantages, expected, strict=True):
                self.assertAlmostEqual(found, value, 4)

    def test_a_batch_that_nobody_can_read_is_refused(self) -> None:
        for arguments, message in (
            (("grpo", [1.0], ["a", "b"], ["EM"]), "equal lengths"),
            (("grpo", [math.nan], ["a"], ["EM"]), "finite"),
            (("tmn", [1.0], ["a"], [""]), "empty key"),
            (("tmn", [1.0, 0.0], ["a", "a"], ["EM", "NDCG"]), "one task"),
            (("ppo", [1.0], ["a"], ["EM"]), "tmn-reweight"),
            (("maxrl", [1.0, -1.0], ["a", "a"], ["EM", "EM"]), "reward 1 is -1.0"),
        ):
            with self.assertRaisesRegex(AdvantageError, message):
                estimate(*arguments)

    def test_an_empty_batch_has_no_advantages(self) -> None:
        self.assertEqual(estimate("tmn-reweight", [], [], []).advantages, [])


if __name__ == "__main__":
    unittest.main()
