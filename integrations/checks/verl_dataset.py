"""verl's own dataset class reads an export, and its own reward path scores it. Usage: verl_dataset.py EXPORT."""

import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch
from omegaconf import DictConfig
from tiny import byte_tokenizer
from verl import DataProto
from verl.experimental.reward_loop.reward_loop import RewardLoopWorker
from verl.trainer.ppo.reward import get_custom_reward_fn
from verl.trainer.ppo.utils import create_rl_dataset
from verl.utils.dataset.rl_dataset import RLHFDataset
from verl_compose import launch_config
from verl_rows import gold_response, model_folder, read_export

from golongrl.tasks import check_rows, task_key


def check_dataset(export: str, config: DictConfig) -> None:
    tokenizer = byte_tokenizer()
    for split, file in {"train": config.data.train_files, "heldout": config.data.val_files}.items():
        dataset = create_rl_dataset(file, config.data, tokenizer, None, is_train=split == "train")
        assert type(dataset) is RLHFDataset, type(dataset)
        rows = read_export(export, split)
        if len(dataset) != len(rows):
            raise SystemExit(f"{split}: verl kept {len(dataset)} of {len(rows)} rows")
        for got, row in zip((dataset[i] for i in range(len(dataset))), rows, strict=True):
            same = got["raw_prompt"] == row["prompt"] and got["reward_model"] == row["reward_model"]
            if not (same and got["data_source"] == row["data_source"] and got["index"] == row["extra_info"]["index"]):
                raise SystemExit(f"{split}: row {row['extra_info']['index']} is not what was written")
        tasks = check_rows(zip(dataset.dataframe["data_source"], dataset.dataframe["extra_info"], strict=True))
        print(f"  {split}: {len(dataset)} rows through RLHFDataset, tasks {dict(sorted(tasks.items()))}", flush=True)


def as_column(values: list[Any]) -> np.ndarray:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def proto(rows: list[dict[str, Any]], responses: list[str]) -> DataProto:
    tokenizer = byte_tokenizer()
    ids = [[*tokenizer.encode(text, add_special_tokens=False), tokenizer.eos_token_id] for text in responses]
    longest = max(map(len, ids))
    return DataProto.from_dict(
        tensors={
            "prompts": torch.full((len(rows), 1), 5),
            "responses": torch.tensor([row + [tokenizer.pad_token_id] * (longest - len(row)) for row in ids]),
            "attention_mask": torch.tensor([[1] * (1 + len(row)) + [0] * (longest - len(row)) for row in ids]),
        },
        non_tensors={name: as_column([row[name] for row in rows]) for name in ("data_source", "reward_model", "extra_info")},
    )


def check_rewards(export: str, config: DictConfig) -> None:
    """The exported job's own reward settings: a right answer earns its marks and an empty one nothing, in every task."""
    function = get_custom_reward_fn(config)
    if function is None or function.__module__ not in ("golongrl.verl.reward", "functools", "verl.trainer.ppo.reward"):
        raise SystemExit(f"get_custom_reward_fn loaded {function!r}")
    rows = read_export(export, "train")

    async def scored(texts: list[str]) -> list[dict[str, Any]]:
        return await RewardLoopWorker(config).compute_score_batch(proto(rows, texts))

    for name, texts, low, high in (("gold", [gold_response(row) for row in rows], 0.8, 1.0), ("empty", [""] * len(rows), 0.0, 0.0)):
        outputs = asyncio.run(scored(texts))
        wrong = [
            (task_key(row["data_source"], row["extra_info"]), output["reward_score"])
            for row, output in zip(rows, outputs, strict=True)
            if not low <= output["reward_score"] <= high or output["reward_extra_info"]["reward_failed"]
        ]
        full = Counter(output["reward_score"] == 1 for output in outputs)[True]
        print(f"  {name} answers: {len(outputs) - len(wrong)} of {len(outputs)} rewards in [{low}, {high}], {full} full", flush=True)
        if wrong:
            raise SystemExit(f"{name}: {wrong[:5]}")


def main(export: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = model_folder(Path(folder))
        small = ["data.filter_overlong_prompts_workers=1", f"+data.cache_dir='{folder}/cache'"]
        config = launch_config(export, f"actor_rollout_ref.model.path='{model}'", *small)
        check_dataset(export, config)
        check_rewards(export, config)


main(sys.argv[1])
