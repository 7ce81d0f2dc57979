"""Shared prompts in transformers' own models of random weights: loss and gradients beside separate sequences, in fp32.

A Llama, a Qwen3 and a Qwen3-MoE, two groups with leaves of several lengths, with and without gradient checkpointing, by torch's
fused kernel and by plain operations. Then the time beside whole sequences, and the memory as the prompt grows.
Usage: shared_prompt.py [--bench]
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import torch
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    Qwen3Config,
    Qwen3ForCausalLM,
    Qwen3MoeConfig,
    Qwen3MoeForCausalLM,
)

from page import lines_for

from golongrl.shared_prompt import Group, Packed, enable, leaf_logprobs, pack, parts

SHAPE = {"vocab_size": 97, "hidden_size": 48, "intermediate_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4}
SHARED = {"num_key_value_heads": 2, "max_position_embeddings": 65536, "tie_word_embeddings": False}
TOLERANCE = 1e-5


def models() -> dict[str, Callable[[], PreTrainedModel]]:
    experts = {"num_experts": 8, "num_experts_per_tok": 2, "moe_intermediate_size": 24, "decoder_sparse_step": 1, "norm_topk_prob": True}
    return {
        "Llama": lambda: LlamaForCausalLM(LlamaConfig(**SHAPE, **SHARED)),
        "Qwen3": lambda: Qwen3ForCausalLM(Qwen3Config(**SHAPE, **SHARED, head_dim=16)),
        "Qwen3-MoE": lambda: Qwen3MoeForCausalLM(Qwen3MoeConfig(**SHAPE, **SHARED, **experts, head_dim=16)),
    }


def groups(seed: int) -> list[Group]:
    draw = torch.Generator().manual_seed(seed)

    def tokens(count: int) -> torch.Tensor:
        return torch.randint(0, SHAPE["vocab_size"], (count,), generator=draw)

    return [Group(tokens(37), [tokens(n) for n in (5, 1, 19, 8)]), Group(tokens(3), [tokens(n) for n in (2, 11)])]


def separate_logprobs(model: PreTrainedModel, groups_: list[Group]) -> list[torch.Tensor]:
    """Each rollout as a sequence of its own."""
    found = []
    for group in groups_:
        for leaf in group.leaves:
            ids = torch.cat([group.prompt, leaf]).unsqueeze(0)
            logits = model(ids).logits[0, len(group.prompt) - 1 : -1].float()
            found.append(logits.log_softmax(-1).gather(-1, leaf.unsqueeze(-1)).squeeze(-1))
    return found


def loss_of(logprobs: list[torch.Tensor]) -> torch.Tensor:
    """A policy gradient's: an advantage a leaf, a mean over all tokens."""
    weights = [(-1.0) ** place * (0.3 + place) for place in range(len(logprobs))]
    return -sum(weight * values.sum() for weight, values in zip(weights, logprobs, strict=True)) / sum(map(len, logprobs))


def gradients(model: PreTrainedModel, loss: torch.Tensor) -> dict[str, torch.Tensor]:
    model.zero_grad()
    loss.backward()
    return {name: parameter.grad.clone() for name, parameter in model.named_parameters() if parameter.grad is not None}


def compare(name: str, make: Callable[[], PreTrainedModel], checkpointing: bool, fused: bool) -> None:
    torch.manual_seed(11)
    model = make()
    model.set_attn_implementation("sdpa")
    model.train()
    batch = groups(5)
    expected = separate_logprobs(model, batch)
    loss = loss_of(expected)
    wanted = gradients(model, loss)
    enable(model)
    own = parts._fused
    if not fused:
        parts._fused = lambda *_: False
        parts.BLOCK = 7
    if checkpointing:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    found = leaf_logprobs(model, pack(batch))
    shared_loss = loss_of(found)
    got = gradients(model, shared_loss)
    parts._fused, parts.BLOCK = own, 512
    if got.keys() != wanted.keys():
        raise SystemExit(f"{name}: gradients of {sorted(wanted.keys() ^ got.keys())} only on one side")
    worst = max((got[key] - wanted[key]).abs().max().item() for key in wanted)
    largest = max(value.abs().max().item() for value in wanted.values())
    apart = max((a - b).abs().max().item() for a, b in zip(found, expected, strict=True))
    how = f"{'fused' if fused else 'plain'}{', gradient checkpointing' if checkpointing else ''}"
    print(f"  {name}, {how}: log-probabilities {apart:.1e}, loss {abs(shared_loss.item() - loss.item()):.1e}, gradients {worst:.1e} apart (largest {largest:.2g})")
    if max(apart, worst, abs(shared_loss.item() - loss.item())) > TOLERANCE:
        raise SystemExit(f"{name}: more than {TOLERANCE} apart")


def run_page() -> None:
    """The lines of docs/trainers.md as they stand there."""
    torch.manual_seed(2)
    group, model = groups(5)[0], models()["Qwen3"]()
    exec(lines_for("Shared prompts", "python"), {"model": model, "prompt": group.prompt, "leaves": group.leaves, "policy_loss": loss_of})
    if not all(parameter.grad is not None and parameter.grad.isfinite().all() for parameter in model.parameters()):
        raise SystemExit("the page's lines leave parameters without a gradient")
    print("  the page's lines: all parameters have a gradient")


def bench_model() -> PreTrainedModel:
    torch.manual_seed(1)
    shape = {"vocab_size": 4096, "hidden_size": 256, "intermediate_size": 768, "num_hidden_layers": 2, "num_attention_heads": 4}
    return Qwen3ForCausalLM(Qwen3Config(**shape, **SHARED, head_dim=64))


def timed(run: Callable[[], Any], times: int) -> float:
    """The least of some runs, in seconds of processor time on one thread: others use this machine too, and threads that wait for
    each other count as work."""
    torch.set_num_threads(1)
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def bench(prompt: int, response: int, size: int, times: int) -> float:
    """Whole sequences beside one packed row: forward and backward of the same model."""
    draw = torch.Generator().manual_seed(3)
    ids = torch.randint(0, 4096, (size, prompt + response), generator=draw)
    ids[:, :prompt] = ids[0, :prompt]
    model = bench_model()
    model.set_attn_implementation("sdpa")
    # Both sides compute logits of the responses only.
    keep = torch.arange(prompt - 1, prompt + response - 1)

    def whole() -> None:
        model.zero_grad()
        logits = model(ids, logits_to_keep=keep).logits.float()
        logits.log_softmax(-1).gather(-1, ids[:, prompt:].unsqueeze(-1)).sum().backward()

    packed: Packed = pack([Group(ids[0, :prompt], [row[prompt:] for row in ids])])

    def shared() -> None:
        model.zero_grad()
        sum(values.sum() for values in leaf_logprobs(model, packed)).backward()

    slow = timed(whole, times)
    whole_gradient = model.get_decoder().layers[0].self_attn.q_proj.weight.grad.clone()
    enable(model)
    fast = timed(shared, times)
    apart = (model.get_decoder().layers[0].self_attn.q_proj.weight.grad - whole_gradient).abs().max() / whole_gradient.abs().max()
    print(f"  P={prompt} R={response} G={size}: whole {slow:.2f} s, shared {fast:.2f} s, {slow / fast:.1f} times; gradients {apart:.0e} apart", flush=True)
    return slow / fast


def memory(prompt: int) -> None:
    """The peak of a process of its own, in MiB over what it needs before."""
    model = bench_model()
    enable(model)
    draw = torch.Generator().manual_seed(3)
    leaves = [torch.randint(0, 4096, (64,), generator=draw) for _ in range(8)]
    packed = pack([Group(torch.randint(0, 4096, (prompt,), generator=draw), leaves)])
    model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sum(values.sum() for values in leaf_logprobs(model, packed)).backward()
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", action="store_true")
    parser.add_argument("--memory", type=int)
    flags = parser.parse_args()
    if flags.memory:
        memory(flags.memory)
        return
    for name, make in models().items():
        compare(name, make, checkpointing=False, fused=True)
        compare(name, make, checkpointing=True, fused=False)
    run_page()
    if flags.bench:
        for prompt in (1024, 8192):
            bench(prompt, 64, 8, times=1)
    if bench(4096, 64, 8, times=3) < 4:
        raise SystemExit("less than 4 times as fast as whole sequences")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
