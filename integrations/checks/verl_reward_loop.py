"""verl's own reward path scores a small DataProto through the shim.

Hydra composes verl's trainer configuration with the overrides that the documentation names; RewardLoopWorker loads tokenizer,
reward function and reward manager from it. Usage: verl_reward_loop.py EXPECTED.jsonl (rows with `score`).
"""

import asyncio
import sys
import tempfile
from collections import Counter
from typing import Any

import numpy as np
import torch
from hydra import compose, initialize_config_module
from omegaconf import DictConfig
from same import demand_same, read_rows
from tiny import byte_tokenizer
from transformers import PreTrainedTokenizerFast
from verl import DataProto
from verl.experimental.reward_loop.reward_loop import RewardLoopWorker
from verl.workers.reward_manager import get_reward_manager_cls

import golongrl
from golongrl.verl import reward as shim


def trainer_config(model: str, *overrides: str) -> DictConfig:
    with initialize_config_module("verl.trainer.config", version_base=None):
        return compose("ppo_trainer", [f"actor_rollout_ref.model.path={model}", *overrides])


def as_column(values: list[Any]) -> np.ndarray:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def from_parquet(truth: Any) -> Any:
    """A ground truth as it comes out of Parquet: lists are numpy arrays."""
    if not isinstance(truth, dict):
        return truth
    return {key: np.array(value, dtype=object) if isinstance(value, list) else value for key, value in truth.items()}


def data_proto(rows: list[dict[str, Any]], tokenizer: PreTrainedTokenizerFast) -> DataProto:
    """Prompts padded on the left and responses on the right, as verl has them."""
    prompt = tokenizer.encode("Which?", add_special_tokens=False)
    responses = [[*tokenizer.encode(row["solution_str"], add_special_tokens=False), tokenizer.eos_token_id] for row in rows]
    longest = max(map(len, responses))
    padding = tokenizer.pad_token_id
    padded = [ids + [padding] * (longest - len(ids)) for ids in responses]
    mask = [[1] * (len(prompt) + len(ids)) + [0] * (longest - len(ids)) for ids in responses]
    return DataProto.from_dict(
        tensors={
            "prompts": torch.tensor([prompt] * len(rows)),
            "responses": torch.tensor(padded),
            "attention_mask": torch.tensor(mask),
        },
        non_tensors={
            "data_source": as_column([row["data_source"] for row in rows]),
            "reward_model": as_column([{"style": "rule", "ground_truth": from_parquet(row["ground_truth"])} for row in rows]),
            "extra_info": as_column([dict(row["extra_info"]) for row in rows]),
        },
    )


async def loop_scores(config: DictConfig, data: DataProto) -> list[float]:
    worker = RewardLoopWorker(config)
    outputs = await worker.compute_score_batch(data)
    extras = Counter(tuple(sorted(output["reward_extra_info"])) for output in outputs)
    if len(extras) != 1:
        raise SystemExit(f"verl needs the same keys for every row, got {extras}")
    scores = [output["reward_score"] for output in outputs]
    assembled = worker.reward_manager.assemble_rm_scores(data, scores).sum(dim=1).tolist()
    if not np.allclose(assembled, scores, atol=1e-6):
        raise SystemExit(f"rm_scores: got {assembled[:5]}, expected {scores[:5]}")
    return scores


def main(expected_file: str) -> None:
    rows = read_rows(expected_file)
    expected = [row["score"] for row in rows]
    tokenizer = byte_tokenizer()
    with tempfile.TemporaryDirectory() as model:
        tokenizer.save_pretrained(model)
        for manager, path, name in (
            ("naive", "pkg://golongrl.verl.reward", "compute_score"),
            ("naive", "pkg://golongrl.verl.reward", "compute_score_async"),
            ("dapo", str(shim.__file__), "compute_score_async"),
        ):
            config = trainer_config(
                model,
                f"reward.reward_manager.name={manager}",
                f"reward.custom_reward_function.path={path}",
                f"reward.custom_reward_function.name={name}",
            )
            before = golongrl.shared_client().counts
            scores = asyncio.run(loop_scores(config, data_proto(rows, tokenizer)))
            demand_same(f"reward manager {manager}, {name}", scores, expected)
            after = golongrl.shared_client().counts
            if after.get("ok", 0) - before.get("ok", 0) != len(rows):
                raise SystemExit(f"the client scored {after} - {before}, expected {len(rows)} more")
    batch = get_reward_manager_cls("batch")(tokenizer, num_examine=0, compute_score=shim.compute_score_batch)
    answer = batch(data_proto(rows, tokenizer), return_dict=True)
    demand_same("reward manager batch, compute_score_batch", answer["reward_tensor"].sum(dim=1).tolist(), expected)


main(sys.argv[1])
