"""TaskGRPOTrainer in the real TRL, on the CPU with a tiny random Qwen2.

First golden batches go through the trainer's own path: its sampler, its reward call, its buffer; the advantages of the tensors
that it trains on must be the reference's. Then two steps with dynamic sampling, half of whose prompts teach nothing.
Usage: trl_trainer.py GOLDEN WORK.
"""

import math
import sys
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from golden import even_batches
from same import demand_same
from tiny import word_tokenizer
from transformers import set_seed
from trl_tiny import cpu_settings, tiny_policy

from golongrl import estimate
from golongrl.trl.trainer import TaskGRPOTrainer

WORDS = ["Oslo\n", "Rome\n", "Chad\n", "Mali\n", "Which "]
BATCHES = 6


def through_the_trainer(batch: dict[str, Any], work: Path) -> list[float]:
    """[D] advantages of the batch that TRL would train on, in the order of the golden batch."""
    set_seed(3)
    size, tokenizer = batch["size"], word_tokenizer(WORDS)
    rows = [
        {"prompt": "Which Oslo\n", "given": batch["rewards"][start : start + size], "reward": {"metric": batch["tasks"][start]}}
        for start in range(0, len(batch["rewards"]), size)
    ]

    def given(completions: list[str], given: list[list[float]], **_: Any) -> list[float]:
        return [values[place % size] for place, values in enumerate(given)]

    trainer = TaskGRPOTrainer(
        tiny_policy(tokenizer),
        reward_funcs=given,
        processing_class=tokenizer,
        train_dataset=Dataset.from_list(rows),
        args=cpu_settings(
            work,
            per_device_train_batch_size=len(batch["rewards"]),
            num_generations=size,
            max_completion_length=2,
            shuffle_dataset=False,
        ),
        alpha=batch["alpha"],
        gamma=batch["gamma"],
    )
    trainer.model.train()
    sampled = trainer._generate_and_score_completions(next(iter(trainer.get_train_dataloader())))
    return sampled["advantages"].tolist()


def check_golden(golden: str, work: Path) -> None:
    for batch in even_batches(golden, BATCHES):
        got = through_the_trainer(batch, work)
        what = f"golden batch of {len(got)} rollouts, {batch['size']} a group, alpha {batch['alpha']}, gamma {batch['gamma']}"
        # The vectors are float32; where a group hardly differs they are off, and the double-precision estimator is the measure.
        exact = estimate("tmn-reweight", batch["rewards"], batch["prompt_ids"], batch["tasks"], batch["alpha"], batch["gamma"])
        demand_same(what, got, exact.advantages, "the estimator", 1e-5)
        demand_same(what, got, batch["tmn_reweight"], "the golden advantages", 1e-5)


def check_steps(work: Path) -> None:
    """Two steps; prompts of task EM are always right, so that only dynamic sampling can fill the batch with others."""
    set_seed(5)
    tokenizer = word_tokenizer(WORDS)
    rows = [{"prompt": f"Which {WORDS[i % 4]}", "reward": {"metric": ["EM", "F1_Score"][i % 2]}} for i in range(16)]

    def first_word(completions: list[str], reward: list[dict[str, str]], **_: Any) -> list[float]:
        return [1.0 if row["metric"] == "EM" else text.count("Oslo") / 3 for text, row in zip(completions, reward, strict=True)]

    trainer = TaskGRPOTrainer(
        tiny_policy(tokenizer),
        reward_funcs=first_word,
        processing_class=tokenizer,
        train_dataset=Dataset.from_list(rows),
        args=cpu_settings(work, max_steps=2, per_device_train_batch_size=16, num_generations=4, max_completion_length=6),
        dynamic_sampling=True,
    )
    trainer.train()
    steps = [entry for entry in trainer.state.log_history if "dynamic_sampling/rounds" in entry]
    if len(steps) != 2 or not all(math.isfinite(step["loss"]) and step["grad_norm"] > 0 for step in steps):
        raise SystemExit(f"expected two steps with gradients, got {trainer.state.log_history}")
    for step in steps:
        if step["dynamic_sampling/rounds"] < 2 or step.get("task/F1_Score/groups") != 4 or "task/EM/groups" in step:
            raise SystemExit(f"the batch was not filled with groups that teach: {step}")
        shown = {name: round(step[name], 3) for name in ("loss", "grad_norm", "dynamic_sampling/rounds", "task/F1_Score/reward/mean")}
        print(f"  a step with dynamic sampling: {shown}")


def check_shared(work: Path) -> None:
    """TRL's own log-probabilities beside those of shared prompts, in the batch that a step trains on; then a step with them."""
    set_seed(7)
    tokenizer = word_tokenizer(WORDS)
    rows = [{"prompt": f"Which {WORDS[i % 4]}", "reward": {"metric": "EM"}} for i in range(16)]
    trainer = TaskGRPOTrainer(
        tiny_policy(tokenizer),
        reward_funcs=lambda completions, **_: [float(len(text)) for text in completions],
        processing_class=tokenizer,
        train_dataset=Dataset.from_list(rows),
        args=cpu_settings(
            work, max_steps=1, per_device_train_batch_size=16, num_generations=4, max_completion_length=6, temperature=0.7
        ),
        shared_prompts=True,
    )
    trainer.model.train()
    batch = trainer._generate_and_score_completions(next(iter(trainer.get_train_dataloader())))
    ids = torch.cat([batch["prompt_ids"], batch["completion_ids"]], 1)
    mask = torch.cat([batch["prompt_mask"], batch["completion_mask"]], 1)
    keep = batch["completion_ids"].shape[1]
    told = {}
    for shared in (False, True):
        trainer._shared_prompts = shared
        logps, entropies, _ = trainer._get_per_token_logps_and_entropies(trainer.model, ids, mask, keep, compute_entropy=True)
        trainer.model.zero_grad()
        (logps * batch["completion_mask"] * batch["advantages"].unsqueeze(1)).sum().backward()
        gradient = torch.cat([parameter.grad.flatten() for parameter in trainer.model.parameters() if parameter.grad is not None])
        told[shared] = [logps.detach() * batch["completion_mask"], entropies.detach() * batch["completion_mask"], gradient]
    apart = [(a - b).abs().max().item() for a, b in zip(told[False], told[True], strict=True)]
    print("  shared prompts beside TRL's own pass: log-probabilities {:.0e}, entropies {:.0e}, gradients {:.0e} apart".format(*apart))
    if max(apart) > 1e-5 * max(1.0, told[False][2].abs().max().item()):
        raise SystemExit("shared prompts give other values than TRL's own pass")
    trainer.train()
    (step,) = [entry for entry in trainer.state.log_history if "loss" in entry]
    print(f"  a step with shared prompts: loss {step['loss']:.3f}, gradient norm {step['grad_norm']:.3f}")


check_golden(sys.argv[1], Path(sys.argv[2]))
check_steps(Path(sys.argv[2]))
check_shared(Path(sys.argv[2]))
