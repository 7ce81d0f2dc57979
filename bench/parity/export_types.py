"""export_types.py MODEL COPY TYPE: COPY, written by `golongrl model export --dtype`, must load in transformers in its own type, with
the weights that PyTorch's rounding of MODEL's gives, bit for bit."""

import sys

import torch
from transformers import AutoModelForCausalLM
from transformers.utils import logging

logging.disable_progress_bar()
types = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
path, copy_path, name = sys.argv[1:]
expected = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32).to(types[name]).state_dict()
model = AutoModelForCausalLM.from_pretrained(copy_path, dtype="auto")
got = model.state_dict()
if model.dtype != types[name] or got.keys() != expected.keys():
    raise SystemExit(f"{copy_path}: {model.dtype}, {sorted(got.keys() ^ expected.keys())}")
unlike = sum(int((got[key] != expected[key]).sum()) for key in expected)
values = sum(tensor.numel() for tensor in expected.values())
print(f"| {path.rstrip('/').split('/')[-1]} | {name} | {model.dtype} | {values} | {unlike} |")
sys.exit(1 if unlike else 0)
