"""TaskGRPOTrainer in the real TRL, on the CPU with a tiny random Qwen2.

First golden batches go through the trainer's own path: its sampler, its reward call, its buffer; the advantages of the tensors
that it trains on must be the reference's. Then two steps with dynamic sampling, half of whose prompts teach nothing.
Usage: trl_trainer.py GOLDEN WORK.
"""

import math
import sys
from pathlib import Path
from typing import Any

from datasets import Dataset
from golden import even_batches
from same import demand_same
from tiny import word_tokenizer
from transformers import Qwen2Config, Qwen2ForCausalLM, set_seed
from trl import GRPOConfig

from golongrl import estimate
from golongrl.trl.trainer import TaskGRPOTrainer

WORDS = ["Oslo\n", "Rome\n", "Chad\n", "Mali\n", "Which "]
BATCHES = 6


def tiny_model(tokenizer: Any) -> Qwen2ForCausalLM:
    shape = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1}
    special = {"bos_token_id": None, "eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id}
    return Qwen2ForCausalLM(Qwen2Config(vocab_size=len(tokenizer), max_position_embeddings=128, **shape, **special))


def settings(work: Path, **more: Any) -> GRPOConfig:
    shared = {"use_cpu": True, "bf16": False, "report_to": "none", "save_strategy": "no", "disable_tqdm": True, "logging_steps": 1}
    return GRPOConfig(output_dir=str(work), learning_rate=1e-3, **shared, **more)


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
        tiny_model(tokenizer),
        reward_funcs=given,
        processing_class=tokenizer,
        train_dataset=Dataset.from_list(rows),
        args=settings(
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
        demand_same(what, got, batch["tmn_reweight"], "the golden advantages", 1e-2)


def check_steps(work: Path) -> None:
    """Two steps; prompts of task EM are always right, so that only dynamic sampling can fill the batch with others."""
    set_seed(5)
    tokenizer = word_tokenizer(WORDS)
    rows = [{"prompt": f"Which {WORDS[i % 4]}", "reward": {"metric": ["EM", "F1_Score"][i % 2]}} for i in range(16)]

    def first_word(completions: list[str], reward: list[dict[str, str]], **_: Any) -> list[float]:
        return [1.0 if row["metric"] == "EM" else text.count("Oslo") / 3 for text, row in zip(completions, reward, strict=True)]

    trainer = TaskGRPOTrainer(
        tiny_model(tokenizer),
        reward_funcs=first_word,
        processing_class=tokenizer,
        train_dataset=Dataset.from_list(rows),
        args=settings(work, max_steps=2, per_device_train_batch_size=16, num_generations=4, max_completion_length=6),
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


check_golden(sys.argv[1], Path(sys.argv[2]))
check_steps(Path(sys.argv[2]))
