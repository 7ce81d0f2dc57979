"""The trainers' own loaders read what `golongrl data export` wrote. Usage: exports.py FOLDER (made by `npm run check:exports`).

Each part prints one line, or fails with what differs from the native samples.
"""

import importlib.util
import json
import sys
from importlib.metadata import distribution
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from datasets import load_dataset
from tiny import byte_tokenizer, word_tokenizer

FEW = 8


def native(folder: Path, split: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"dataset/native/{split}.jsonl").open()]


def load(folder: Path, name: str) -> Any:
    """The export from Parquet, checked to be the same rows as the export as JSON lines."""
    rows = load_dataset("parquet", data_files=str(folder / f"{name}.parquet"), split="train")
    lines = load_dataset("json", data_files=str(folder / f"{name}.jsonl"), split="train")
    assert rows.num_rows == lines.num_rows, (name, rows.num_rows, lines.num_rows)
    assert set(rows.column_names) == set(lines.column_names), (rows.column_names, lines.column_names)
    return rows


def same_prompts(given: list[list[dict[str, str]]], samples: list[dict[str, Any]]) -> None:
    assert len(given) == len(samples)
    for messages, sample in zip(given, samples, strict=True):
        assert [message["role"] for message in messages] == ["user"]
        assert messages[0]["content"] == sample["prompt"]


def shortest(prompts: list[str]) -> list[int]:
    """The places of a batch that a tiny model on a processor can take."""
    return sorted(range(len(prompts)), key=lambda place: len(prompts[place]))[:FEW]


def check_datasets(folder: Path) -> str:
    hub = load_dataset(str(folder / "hub"))
    assert set(hub) == {"train", "heldout"}, hub
    for split in hub:
        samples = native(folder, split)
        assert [row["sample_id"] for row in hub[split]["extra_info"]] == [sample["id"] for sample in samples]
        golds = [row["ground_truth"]["doc_ids"] for row in hub[split]["reward_model"]]
        assert golds == [sample["reward"]["gold"] for sample in samples]
    return f"{sum(hub[split].num_rows for split in hub)} rows of the hub folder, by its card"


def check_verl(folder: Path) -> str:
    from omegaconf import OmegaConf
    from verl.utils.dataset.rl_dataset import RLHFDataset, collate_fn

    config = OmegaConf.create({"max_prompt_length": 262144, "filter_overlong_prompts": False, "truncation": "error"})
    config.cache_dir = str(folder / "verl")
    rows = RLHFDataset(str(folder / "verl.parquet"), byte_tokenizer(), config)
    assert len(rows) == len(native(folder, "train"))
    short = shortest([sample["prompt"] for sample in native(folder, "train")])
    batch = collate_fn([rows[i] for i in short])
    samples = [native(folder, "train")[i] for i in short]
    assert [info["sample_id"] for info in batch["extra_info"]] == [sample["id"] for sample in samples]
    truths = [list(model["ground_truth"]["doc_ids"]) for model in batch["reward_model"]]
    assert truths == [sample["reward"]["gold"] for sample in samples]
    assert all(mode for mode in (info["reward_mode"] for info in batch["extra_info"]))
    return f"{len(rows)} rows, a batch of {len(short)}, keys {', '.join(sorted(batch))}"


def check_openrlhf(folder: Path) -> str:
    # The class from its own file: importing the package asks for deepspeed and vLLM.
    file = distribution("openrlhf").locate_file("openrlhf/datasets/prompts_dataset.py")
    spec = importlib.util.spec_from_file_location("prompts_dataset", str(file))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    options = SimpleNamespace(input_key="input", label_key="label", apply_chat_template=True)
    strategy = SimpleNamespace(args=SimpleNamespace(data=options), is_rank_0=lambda: False)
    rows = load(folder, "openrlhf")
    prompts = module.PromptDataset(rows, byte_tokenizer(), strategy)
    samples = native(folder, "train")
    assert len(prompts) == len(samples)
    for i, sample in enumerate(samples):
        source, prompt, label, _ = prompts[i]
        assert source == sample["task"]
        assert sample["prompt"] in prompt and prompt.endswith("<|im_start|>assistant\n"), prompt[-80:]
        assert json.loads(label)["reward"] == sample["reward"]
    return f"{len(prompts)} rows through PromptDataset with a chat template"


def check_trl(folder: Path) -> str:
    from transformers import set_seed
    from trl import GRPOTrainer
    from trl_tiny import cpu_settings, tiny_policy

    set_seed(3)
    rows = load(folder, "trl")
    same_prompts(rows["prompt"], native(folder, "train"))
    golds = {sample["id"]: sample["reward"] for sample in native(folder, "train")}
    short = rows.select(shortest([messages[0]["content"] for messages in rows["prompt"]]))
    tokenizer = word_tokenizer(["A ", "B ", "C ", "[Answer]\n", "</think>\n"])
    seen: list[str] = []

    def reward(completions: list[Any], **columns: Any) -> list[float]:
        """What a reward function is handed: the sample's own specification."""
        for id_, given in zip(columns["id"], columns["reward"], strict=True):
            assert {key: value for key, value in given.items() if value is not None} == golds[id_], (id_, given)
            seen.append(id_)
        return [float(len(completion[-1]["content"])) for completion in completions]

    trainer = GRPOTrainer(
        model=tiny_policy(tokenizer, positions=65536),
        processing_class=tokenizer,
        reward_funcs=reward,
        train_dataset=short,
        args=cpu_settings(folder / "trl", max_steps=1, per_device_train_batch_size=8, num_generations=4, max_completion_length=4),
    )
    trainer.train()
    assert seen, "the trainer asked for no reward"
    return f"{rows.num_rows} rows, one step of GRPOTrainer on {len(set(seen))} of {short.num_rows} short ones"


def main(folder: Path) -> None:
    failed = []
    for package, check in (
        ("datasets", check_datasets),
        ("verl", check_verl),
        ("openrlhf", check_openrlhf),
        ("trl", check_trl),
    ):
        try:
            print(f"{package} {distribution(package).version}: {check(folder)}", flush=True)
        except Exception as error:  # every loader gets its turn
            failed.append(package)
            print(f"{package}: FAILED: {type(error).__name__}: {error}", flush=True)
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


main(Path(sys.argv[1]))
