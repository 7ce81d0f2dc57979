"""An exported dataset in verl's hands: its rows, a model folder without weights, and the responses that earn full marks."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
from tiny import byte_tokenizer
from transformers import Qwen3Config

THOUGHT = "<think>\n</think>\n"


def read_export(export: str, split: str) -> list[dict[str, Any]]:
    return parquet.read_table(Path(export) / "data" / f"{split}.parquet").to_pylist()


def model_folder(folder: Path) -> str:
    """The tokenizer and the shape of a tiny Qwen3: all that verl reads before it loads weights."""
    tokenizer = byte_tokenizer()
    tokenizer.save_pretrained(folder)
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "head_dim": 8}
    special = {"eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id, "bos_token_id": None}
    config = Qwen3Config(vocab_size=len(tokenizer), num_key_value_heads=1, max_position_embeddings=262144, **shape, **special)
    config.architectures = ["Qwen3ForCausalLM"]
    config.save_pretrained(folder)
    return str(folder)


def gold_response(row: dict[str, Any]) -> str:
    """The response that the `paper` profile gives full marks (T9 a little less: it reads the thinking too)."""
    truth = row["reward_model"]["ground_truth"]
    match row["data_source"]:
        case "longbench_pro":
            return f"{THOUGHT}[Answer]\n" + "\n".join(truth["doc_ids"])
        case "EM":
            return THOUGHT + truth["golden_label"]
        case "multitableqa_pretraining":
            return f"{THOUGHT}<answer>{truth['golden_label']}</answer>"
        case "math_longcot_math_verify":
            return f"{THOUGHT}[Answer]\n\\boxed{{{truth['golden_label']}}}"
        case other:
            raise SystemExit(f"data_source {other!r}: unknown to this check")
