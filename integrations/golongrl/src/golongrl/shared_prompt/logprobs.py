"""Log-probabilities of the leaves' tokens, a block of logits at a time: they are computed again in the backward pass."""

from dataclasses import dataclass

import torch
from torch.utils.checkpoint import checkpoint
from transformers import PreTrainedModel

from golongrl.shared_prompt.attention import NAME, dummy_mask
from golongrl.shared_prompt.packing import Packed

# Tokens whose logits are in memory at once.
BLOCK = 1024
# What some heads do to their logits, which is not done here.
UNKNOWN = ("final_logit_softcapping", "logit_scale", "logits_scaling")


@dataclass(frozen=True)
class LeafScores:
    """One [R] tensor a leaf, in the order of the groups: log-probability and entropy of each token."""

    logprobs: list[torch.Tensor]
    entropies: list[torch.Tensor]


def leaf_logprobs(model: PreTrainedModel, packed: Packed, temperature: float = 1.0) -> list[torch.Tensor]:
    """The log-probabilities alone, under softmax(logits / temperature)."""
    return leaf_scores(model, packed, temperature).logprobs


def leaf_scores(model: PreTrainedModel, packed: Packed, temperature: float = 1.0, block: int = BLOCK) -> LeafScores:
    """Log-probabilities with gradients, and entropies without. The model must be `enable`d."""
    config = model.config.get_text_config()
    if config._attn_implementation != NAME:
        raise ValueError("the model has another attention: call enable(model) first")
    unknown = [name for name in UNKNOWN if getattr(config, name, None)]
    if unknown:
        raise ValueError(f"{type(model).__name__} changes its logits by {', '.join(unknown)}, which is not done here")
    hidden = model.get_decoder()(
        input_ids=packed.input_ids,
        position_ids=packed.position_ids,
        attention_mask=dummy_mask(packed.input_ids.device),
        use_cache=False,
        shared_prompt=packed.spans,
    ).last_hidden_state[0]
    head = model.get_output_embeddings()
    rows = hidden[packed.predictors]
    logprobs, entropies = [], []
    for start in range(0, len(rows), block):
        part, targets = rows[start : start + block], packed.targets[start : start + block]
        found = checkpoint(_score, head, part, targets, temperature, use_reentrant=False)
        logprobs.append(found[0])
        entropies.append(found[1])
    lengths = packed.leaf_lengths
    return LeafScores(list(torch.cat(logprobs).split(lengths)), list(torch.cat(entropies).split(lengths)))


def _score(head: torch.nn.Module, hidden: torch.Tensor, targets: torch.Tensor, temperature: float) -> tuple[torch.Tensor, torch.Tensor]:
    logits = head(hidden).float() / temperature
    lse = logits.logsumexp(-1)
    logprobs = logits.gather(-1, targets.unsqueeze(-1)).squeeze(-1) - lse
    with torch.no_grad():
        entropies = lse - (torch.softmax(logits, -1) * logits).sum(-1)
    return logprobs, entropies
