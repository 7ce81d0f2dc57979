"""What the checks of TRL share: a tiny random Qwen2 and settings for the CPU."""

from pathlib import Path
from typing import Any

from transformers import Qwen2Config, Qwen2ForCausalLM
from trl import GRPOConfig


def tiny_policy(tokenizer: Any, positions: int = 128) -> Qwen2ForCausalLM:
    shape = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1}
    special = {"bos_token_id": None, "eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id}
    return Qwen2ForCausalLM(Qwen2Config(vocab_size=len(tokenizer), max_position_embeddings=positions, **shape, **special))


def cpu_settings(work: Path | str, **more: Any) -> GRPOConfig:
    shared = {"use_cpu": True, "bf16": False, "report_to": "none", "save_strategy": "no", "disable_tqdm": True, "logging_steps": 1}
    return GRPOConfig(output_dir=str(work), **{"learning_rate": 1e-3, **shared, **more})
