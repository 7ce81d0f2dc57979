"""The PyTorch side of the parity check: tiny models to compare on, and transformers' numbers for them.

  reference.py make FOLDER               writes tiny random models, one folder each
  reference.py run MODEL BATCH OUT       MODEL: a folder or a .gguf file; BATCH: the JSON written by parity.ts
  reference.py golden FOLDER             the fixtures of test/golden/engine: three tiny models, their numbers, rotary tables
  reference.py golden-families FILE      the fixture of the families: shapes and numbers, weights by a formula
  reference.py same MODEL COPY OUT       largest differences of weights and logits between a model and our copy of it
  reference.py adapter MODEL ADAPTER BATCH OUT   logits with an adapter that golongrl wrote, through peft
  reference.py families FOLDER           tiny random models of every family, one folder each
  reference.py decode MODEL SAMPLES OUT  log-probabilities of sampled tokens, and a greedy continuation
  reference.py serve                     these commands as JSON lists, one a line; answers `done` or what failed
"""

import json
import os
import sys

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, LlamaConfig, Qwen2Config, Qwen3Config
from transformers.utils import logging

logging.disable_progress_bar()
torch.manual_seed(7)
torch.set_num_threads(2)

SHAPE = dict(
    vocab_size=64,
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    head_dim=8,
    max_position_embeddings=256,
    rms_norm_eps=1e-5,
)
LLAMA3 = dict(
    rope_type="llama3",
    factor=8.0,
    original_max_position_embeddings=32,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
)
YARN = dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=64)
LINEAR = dict(rope_type="linear", factor=4.0)

# name: configuration, type of the file, largest shard
MODELS = {
    "llama": (LlamaConfig(**SHAPE, tie_word_embeddings=True), torch.bfloat16, "1GB"),
    "llama-biases-untied": (LlamaConfig(**SHAPE, attention_bias=True), torch.float32, "20KB"),
    "llama-rope3": (LlamaConfig(**SHAPE, rope_theta=500000.0, rope_scaling=LLAMA3), torch.float32, "1GB"),
    "llama-linear": (LlamaConfig(**SHAPE, rope_scaling=LINEAR), torch.float32, "1GB"),
    "qwen2": (Qwen2Config(**SHAPE, tie_word_embeddings=True, rope_theta=1e6), torch.bfloat16, "1GB"),
    "qwen2-yarn-untied": (Qwen2Config(**SHAPE, rope_theta=1e6, rope_scaling=YARN), torch.float16, "20KB"),
    "qwen3": (Qwen3Config(**SHAPE, tie_word_embeddings=True, rope_theta=1e6), torch.bfloat16, "1GB"),
    "qwen3-untied": (Qwen3Config(**{**SHAPE, "head_dim": 16}, rope_theta=1e6), torch.float32, "20KB"),
}


WINDOW = dict(sliding_window=16)
MIXED = ["sliding_attention", "sliding_attention", "sliding_attention", "full_attention"]

# name: model_type, and what its configuration says besides SHAPE. Windows are shorter than the prompts that are compared.
FAMILIES = {
    "llama": ("llama", {}),
    "llama, MLP biases, GELU": ("llama", dict(mlp_bias=True, attention_bias=True, hidden_act="gelu")),
    "qwen2": ("qwen2", {}),
    "qwen2, windows from layer 2": ("qwen2", dict(WINDOW, use_sliding_window=True, max_window_layers=2)),
    "qwen3": ("qwen3", dict(tie_word_embeddings=True)),
    "qwen3, windows by layer": ("qwen3", dict(WINDOW, use_sliding_window=True, layer_types=MIXED)),
    "mistral, windows": ("mistral", WINDOW),
    "mistral, full": ("mistral", dict(sliding_window=None)),
    "smollm3": ("smollm3", {}),
    "granite": ("granite", dict(embedding_multiplier=6.0, attention_multiplier=0.2, residual_multiplier=0.4, logits_scaling=4.0)),
    "olmo2": ("olmo2", {}),
    "olmo3": ("olmo3", dict(WINDOW, layer_types=MIXED, rope_scaling=YARN)),
    "gemma3_text": ("gemma3_text", dict(WINDOW, sliding_window_pattern=3, query_pre_attn_scalar=12, rope_scaling=LINEAR)),
    "qwen3_moe": (
        "qwen3_moe",
        dict(num_experts=6, num_experts_per_tok=2, moe_intermediate_size=24, norm_topk_prob=True, mlp_only_layers=[1]),
    ),
    "qwen3_moe, weights as they are": ("qwen3_moe", dict(num_experts=4, num_experts_per_tok=2, moe_intermediate_size=24)),
}


def randomise(model):
    """Far from initialisation: every term of every formula shows."""
    around = 0.0 if model.config.model_type.startswith("gemma") else 1.0
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if key.endswith("norm.weight"):
                parameter.uniform_(around - 0.3, around + 0.3)
            elif key.endswith(".bias"):
                parameter.uniform_(-0.3, 0.3)
            else:
                parameter.normal_(0, 1.0 if key.endswith("mlp.gate.weight") else 0.2)


def make(folder, names=tuple(MODELS)):
    for name in names:
        config, dtype, shard = MODELS[name]
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
        randomise(model)
        model.to(dtype).save_pretrained(os.path.join(folder, name), max_shard_size=shard)


def families(folder):
    torch.manual_seed(7)
    for name, (family, fields) in FAMILIES.items():
        shape = dict(SHAPE, num_hidden_layers=4, tie_word_embeddings=False, pad_token_id=0, bos_token_id=1, eos_token_id=2)
        model = AutoModelForCausalLM.from_config(AutoConfig.for_model(family, **{**shape, **fields}), dtype=torch.float32)
        randomise(model)
        model.save_pretrained(os.path.join(folder, name))


def named(tensors):
    """Tensors by the names of files, where every expert has its own."""
    for name, tensor in tensors:
        stem, _, part = name.rpartition(".experts.")
        if part not in ("gate_up_proj", "down_proj"):
            yield name, tensor
            continue
        for expert, matrix in enumerate(tensor):
            pieces = dict(zip(("gate_proj", "up_proj"), matrix.chunk(2))) if part == "gate_up_proj" else {part: matrix}
            for piece, value in pieces.items():
                yield f"{stem}.experts.{expert}.{piece}.weight", value


def load(path):
    options = dict(dtype=torch.float32, attn_implementation="eager")
    if path.endswith(".gguf"):
        options["gguf_file"] = os.path.basename(path)
        path = os.path.dirname(path)
    model = AutoModelForCausalLM.from_pretrained(path, **options)
    # torch drops the gradient that reaches the padding token's embedding as an input. Where padding is also the end of a
    # turn, as in SmolLM2, that is not the gradient of the loss.
    model.get_input_embeddings().padding_idx = None
    return model


def first_logits(model, batch):
    """Logits of the prompt with its first completion, [tokens, vocabulary]."""
    with torch.no_grad():
        return model(torch.tensor([batch["prompt"] + batch["rollouts"][0]["tokens"]])).logits[0]


def group_loss(model, batch):
    """-sum of advantage times log-probability over completion tokens / number of completion tokens."""
    total, count = 0.0, 0
    for rollout in batch["rollouts"]:
        ids = torch.tensor([batch["prompt"] + rollout["tokens"]])
        logits = model(ids).logits[0, len(batch["prompt"]) - 1 : -1]
        logp = torch.log_softmax(logits, -1).gather(1, ids[0, len(batch["prompt"]) :, None])[:, 0]
        total = total - (logp * torch.tensor(rollout["advantages"])).sum()
        count += len(rollout["tokens"])
    return total / count


def run(path, batch_path, out):
    with open(batch_path) as file:
        batch = json.load(file)
    model = load(path)
    logits = first_logits(model, batch)
    loss = group_loss(model, batch)
    loss.backward()
    tensors = {"logits": logits, "loss": loss.detach().reshape(1)}
    for name, gradient in named((name, parameter.grad) for name, parameter in model.named_parameters()):
        tensors[f"gradient.{name}"] = gradient.clone()
    adam = batch["adam"]
    optimizer = torch.optim.AdamW(
        model.parameters(),
        lr=adam["learningRate"],
        betas=(adam["beta1"], adam["beta2"]),
        eps=adam["epsilon"],
        weight_decay=adam["weightDecay"],
    )
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), adam["gradientClip"])
    tensors["norm"] = norm.reshape(1)
    optimizer.step()
    for name, parameter in named(model.named_parameters()):
        tensors[f"after.{name}"] = parameter.detach()
    texts = batch.get("texts")
    if texts:
        tokenizer = (
            AutoTokenizer.from_pretrained(os.path.dirname(path), gguf_file=os.path.basename(path))
            if path.endswith(".gguf")
            else AutoTokenizer.from_pretrained(path)
        )
        for i, text in enumerate(texts):
            ids = tokenizer(text, add_special_tokens=False)["input_ids"]
            tensors[f"tokens.{i}"] = torch.tensor(ids, dtype=torch.float32)
        chat = tokenizer.apply_chat_template(
            [{"role": "user", "content": texts[0]}], add_generation_prompt=True, tokenize=False
        )
        ids = tokenizer(chat, add_special_tokens=False)["input_ids"]
        tensors["tokens.chat"] = torch.tensor(ids, dtype=torch.float32)
    save_file({name: tensor.contiguous().clone() for name, tensor in tensors.items()}, out)


# Frequencies of real models: what their config.json says.
ROPES = {
    "default": dict(rope_theta=1e6),
    "linear": dict(rope_scaling=dict(rope_type="linear", factor=2.5)),
    "Llama-3.2-1B": dict(
        rope_theta=500000.0,
        rope_scaling=dict(
            rope_type="llama3",
            factor=32.0,
            original_max_position_embeddings=8192,
            low_freq_factor=1.0,
            high_freq_factor=4.0,
        ),
    ),
    "Qwen3-4B with YaRN": dict(
        rope_theta=1e6, rope_scaling=dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=32768)
    ),
    "YaRN, all options": dict(
        rope_scaling=dict(
            rope_type="yarn",
            factor=8.0,
            original_max_position_embeddings=4096,
            beta_fast=16.0,
            beta_slow=2.0,
            mscale=0.8,
            mscale_all_dim=0.3,
            truncate=False,
        )
    ),
    "YaRN, given attention factor": dict(
        rope_scaling=dict(
            rope_type="yarn", factor=16.0, original_max_position_embeddings=2048, attention_factor=0.9
        )
    ),
}


def rope_golden():
    from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

    positions = [0, 1, 17, 1000, 65535]
    cases = {}
    for name, fields in ROPES.items():
        config = dict(SHAPE, head_dim=64, max_position_embeddings=65536, **fields)
        rotary = LlamaRotaryEmbedding(LlamaConfig(**config))
        cos, sin = rotary(torch.zeros(1), torch.tensor([positions]))
        cases[name] = {
            "config": config,
            "inverseFrequencies": rotary.inv_freq.tolist(),
            "attentionFactor": rotary.attention_scaling,
            "cos": [[round(value, 7) for value in row[:32]] for row in cos[0].tolist()],
            "sin": [[round(value, 7) for value in row[:32]] for row in sin[0].tolist()],
        }
    return {"positions": positions, "cases": cases}


def same(path, copy_path, out):
    model, copy = load(path), load(copy_path)
    weights, copied = dict(model.named_parameters()), dict(copy.named_parameters())
    if weights.keys() != copied.keys():
        raise SystemExit(f"tensors differ: {sorted(weights.keys() ^ copied.keys())}")
    ids = torch.tensor([[(7 * i * i + 3) % model.config.vocab_size for i in range(80)]])
    with torch.no_grad():
        largest = max((weights[key] - copied[key]).abs().max().item() for key in weights)
        logits = (model(ids).logits - copy(ids).logits).abs().max().item()
    save_file({"weights": torch.tensor([largest]), "logits": torch.tensor([logits])}, out)


def adapter(path, adapter_path, batch_path, out):
    from peft import PeftModel

    with open(batch_path) as file:
        batch = json.load(file)
    model = PeftModel.from_pretrained(load(path), adapter_path, is_trainable=True)
    logits = first_logits(model, batch)
    group_loss(model, batch).backward()
    tensors = {"logits": logits.contiguous()}
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            tensors[f"gradient.{name.replace('.default', '')}"] = parameter.grad
    save_file(tensors, out)


def decode(path, samples_path, out):
    with open(samples_path) as file:
        samples = json.load(file)
    model = load(path)
    prompt = samples["prompt"]
    parts = []
    with torch.no_grad():
        for tokens in samples["rollouts"]:
            ids = torch.tensor([prompt + tokens])
            logp = torch.log_softmax(model(ids).logits[0, len(prompt) - 1 : -1], -1)
            parts.append(logp.gather(1, ids[0, len(prompt) :, None])[:, 0])
        # No token ends it, as for the engine.
        model.generation_config.eos_token_id = None
        ids = torch.tensor([prompt])
        # Without a mask, prompt tokens that are the padding token are left out.
        greedy = model.generate(
            ids, attention_mask=torch.ones_like(ids), max_new_tokens=samples["count"], do_sample=False, pad_token_id=0
        )
        greedy = greedy[0, len(prompt) :]
    save_file({"logprobs": torch.cat(parts), "greedy": greedy.float()}, out)


def serve():
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        try:
            commands[command](*arguments)
            print("done", flush=True)
        except Exception as error:
            print(f"{type(error).__name__}: {error}".replace("\n", " "), flush=True)


def written_weights(name, count, around, width):
    """Numbers that golden.test.ts makes too: a hash of name and place, spread over `width` around `around`."""
    seed = 2166136261
    for byte in name.encode():
        seed = ((seed ^ byte) * 16777619) % 2**32
    x = (seed + np.arange(count, dtype=np.uint64) * 2654435761) % 2**32
    for _ in range(2):
        x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x45D9F3B)) % 2**32
    x = x ^ (x >> np.uint64(16))
    return torch.tensor(around + width * (x.astype(np.float64) / 2**32 - 0.5), dtype=torch.float32)


def golden_families(out):
    """Log-probabilities, loss and gradients of every family, whose weights are written down as a formula."""
    shape = dict(SHAPE, vocab_size=32, hidden_size=16, intermediate_size=20, num_hidden_layers=3, head_dim=8)
    shape.update(num_attention_heads=2, num_key_value_heads=1, tie_word_embeddings=False, pad_token_id=0)
    shape.update(bos_token_id=1, eos_token_id=2)
    batch = {
        "prompt": [(7 * i * i + 3) % 32 for i in range(24)],
        "rollouts": [
            {"tokens": [(11 * i + 5 * g) % 32 for i in range(5 + g)], "advantages": [0.5 - 0.4 * g + 0.1 * i for i in range(5 + g)]}
            for g in range(2)
        ],
    }
    models = {}
    for name, (family, fields) in FAMILIES.items():
        fields = dict(fields)
        if "sliding_window" in fields and fields["sliding_window"]:
            fields["sliding_window"] = 9
        if "layer_types" in fields:
            fields["layer_types"] = fields["layer_types"][1:]
        if family == "smollm3":
            fields["no_rope_layer_interval"] = 2
        if "moe_intermediate_size" in fields:
            fields.update(moe_intermediate_size=8, num_experts=3)
        config = AutoConfig.for_model(family, **{**shape, **fields})
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32, attn_implementation="eager")
        model.get_input_embeddings().padding_idx = None
        around = 0.0 if family.startswith("gemma") else 1.0
        with torch.no_grad():
            for key, tensor in named(model.named_parameters()):
                one = key.endswith("norm.weight")
                width = 4.0 if key.endswith("mlp.gate.weight") else 0.6 if one or key.endswith(".bias") else 1.2
                tensor.copy_(written_weights(key, tensor.numel(), around if one else 0.0, width).reshape(tensor.shape))
        loss = group_loss(model, batch)
        loss.backward()
        waves = {}
        for key, gradient in named((key, parameter.grad) for key, parameter in model.named_parameters()):
            flat = gradient.double().flatten()
            waves[key] = [float(f"{value:.6g}") for value in (flat.norm(), flat @ torch.cos(torch.arange(len(flat), dtype=torch.float64)))]
        logprobs = []
        with torch.no_grad():
            for rollout in batch["rollouts"]:
                ids = torch.tensor([batch["prompt"] + rollout["tokens"]])
                logp = torch.log_softmax(model(ids).logits[0, len(batch["prompt"]) - 1 : -1], -1)
                logprobs.append([round(value, 5) for value in logp.gather(1, ids[0, len(batch["prompt"]) :, None])[:, 0].tolist()])
        models[name] = {"config": config.to_diff_dict(), "loss": loss.item(), "logprobs": logprobs, "gradients": waves}
    with open(out, "w") as file:
        json.dump({"batch": batch, "models": models}, file, indent=None, separators=(",", ":"))


def golden(folder):
    make(folder, ["llama", "qwen2", "qwen3"])
    batch = {
        "prompt": [(7 * i * i + 3) % 64 for i in range(12)],
        "rollouts": [
            {"tokens": [(11 * i + 5 * g) % 64 for i in range(4 + g)], "advantages": [0.5 - 0.4 * g + 0.1 * i for i in range(4 + g)]}
            for g in range(2)
        ],
    }
    numbers = {}
    for name in ["llama", "qwen2", "qwen3"]:
        os.remove(os.path.join(folder, name, "generation_config.json"))
        model = load(os.path.join(folder, name))
        logits = first_logits(model, batch)
        loss = group_loss(model, batch)
        loss.backward()
        gradients = {}
        for key, parameter in model.named_parameters():
            gradient = parameter.grad.double().flatten()
            wave = torch.cos(torch.arange(gradient.numel(), dtype=torch.float64))
            gradients[key] = [gradient.norm().item(), (gradient @ wave).item()]
        numbers[name] = {
            "logits": [round(value, 5) for value in logits.flatten().tolist()],
            "loss": loss.item(),
            "gradients": gradients,
        }
    with open(os.path.join(folder, "golden.json"), "w") as file:
        json.dump({"batch": batch, "models": numbers}, file)
    with open(os.path.join(folder, "rope.json"), "w") as file:
        json.dump(rope_golden(), file)


commands = {
    "make": make,
    "run": run,
    "golden": golden,
    "golden-families": golden_families,
    "same": same,
    "adapter": adapter,
    "families": families,
    "decode": decode,
    "serve": serve,
}
commands[sys.argv[1]](*sys.argv[2:])
