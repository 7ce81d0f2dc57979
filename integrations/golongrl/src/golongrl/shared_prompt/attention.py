"""The attention of a packed row, as transformers takes one: a function by name, chosen with `set_attn_implementation`."""

from collections.abc import Sequence
from typing import Any

import torch
from torch.autograd import Function
from transformers import PreTrainedModel
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

from golongrl.shared_prompt import parts
from golongrl.shared_prompt.packing import Span

NAME = "golongrl_shared_prompt"
# Of a model's attention, what the two parts cannot express.
UNKNOWN = ("sliding_window", "softcap", "s_aux", "sinks")


def enable(model: PreTrainedModel) -> None:
    """Lets a model take packed rows. Calls without one run as under `sdpa`. Raises ValueError where its attention has windows."""
    windows = {kind for kind in getattr(model.config.get_text_config(), "layer_types", None) or () if kind != "full_attention"}
    if windows:
        raise ValueError(f"{type(model).__name__} has layers of {', '.join(sorted(windows))}: only full attention can share a prompt")
    model.set_attn_implementation(NAME)


def dummy_mask(device: torch.device) -> torch.Tensor:
    """A mask that transformers passes on as it is, so that it makes none of S x S."""
    return torch.zeros(1, 1, 1, 1, dtype=torch.bool, device=device)


class _GroupAttention(Function):
    """A group's whole attention [1, H, S, D] from queries, keys and values of one head count. Saves no scores."""

    @staticmethod
    def forward(ctx: Any, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, span: Span, scale: float) -> torch.Tensor:
        cut = span.prompt
        first = [_cut(part, cut, after=False) for part in (query, key, value)]
        leaves = [_cut(part, cut, after=True) for part in (query, key, value)]
        prompt_out, prompt_lse = parts.forward(*first, causal=True, scale=scale)
        far_out, far_lse = parts.forward(leaves[0], first[1], first[2], causal=False, scale=scale)
        near_out, near_lse = parts.forward(*(_stacked(part, span.leaves) for part in leaves), causal=True, scale=scale)
        near_out, near_lse = _flat(near_out, span.leaves), _flat(near_lse, span.leaves)
        lse = torch.logaddexp(far_lse, near_lse)
        weight = (far_lse - lse).exp().unsqueeze(-1).to(far_out.dtype)
        leaf_out = far_out * weight + near_out * (near_lse - lse).exp().unsqueeze(-1).to(near_out.dtype)
        out = torch.cat([prompt_out, leaf_out], 2)
        ctx.save_for_backward(query, key, value, out, torch.cat([prompt_lse, lse], 2))
        ctx.span, ctx.scale = span, scale
        return out

    @staticmethod
    def backward(ctx: Any, grad: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        query, key, value, out, lse = ctx.saved_tensors
        span, cut = ctx.span, ctx.span.prompt
        grad = grad.contiguous()
        own = parts.backward(*(_cut(part, cut, after=False) for part in (grad, query, key, value, out, lse)), causal=True, scale=ctx.scale)
        rest = [_cut(part, cut, after=True) for part in (grad, query, key, value, out, lse)]
        far = parts.backward(rest[0], rest[1], _cut(key, cut, after=False), _cut(value, cut, after=False), rest[4], rest[5], causal=False, scale=ctx.scale)
        near = parts.backward(*(_stacked(part, span.leaves) for part in rest), causal=True, scale=ctx.scale)
        near_grads = [_flat(part, span.leaves) for part in near]
        grad_query = torch.cat([own[0], far[0] + near_grads[0]], 2)
        grad_key = torch.cat([own[1] + far[1], near_grads[1]], 2)
        grad_value = torch.cat([own[2] + far[2], near_grads[2]], 2)
        return grad_query, grad_key, grad_value, None, None


def _cut(tensor: torch.Tensor, at: int, *, after: bool) -> torch.Tensor:
    return (tensor[:, :, at:] if after else tensor[:, :, :at]).contiguous()


def _stacked(leaves: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
    """[1, H, L, ...] -> [G, H, longest, ...]; what fills up a leaf comes after it, where no query of it looks."""
    longest = max(lengths)
    made = leaves.new_zeros(len(lengths), leaves.shape[1], longest, *leaves.shape[3:])
    for row, part in enumerate(leaves.split(list(lengths), 2)):
        made[row, :, : part.shape[2]] = part[0]
    return made


def _flat(stacked: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
    return torch.cat([stacked[row, :, :length] for row, length in enumerate(lengths)], 1).unsqueeze(0)


def shared_prompt_attention(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    dropout: float = 0.0,
    shared_prompt: Sequence[Span] | None = None,
    **more: Any,
) -> tuple[torch.Tensor, None]:
    """[1, H, S, D] queries of a packed row, [1, K, S, D] keys and values; returns [1, S, H, D]."""
    if shared_prompt is None:
        return sdpa_attention_forward(module, query, key, value, attention_mask, scaling=scaling, dropout=dropout, **more)
    found = [name for name in UNKNOWN if more.get(name) is not None]
    if found or dropout:
        raise ValueError(f"{type(module).__name__}: {', '.join(found) or 'dropout'} cannot be used with shared prompts")
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    heads = query.shape[1] // key.shape[1]
    key, value = key.repeat_interleave(heads, 1), value.repeat_interleave(heads, 1)
    outputs = []
    for span in shared_prompt:
        whole = slice(span.start, span.end)
        outputs.append(_GroupAttention.apply(query[:, :, whole], key[:, :, whole], value[:, :, whole], span, scale))
    return torch.cat(outputs, 2).transpose(1, 2).contiguous(), None


ALL_ATTENTION_FUNCTIONS.register(NAME, shared_prompt_attention)
ALL_MASK_ATTENTION_FUNCTIONS.register(NAME, ALL_MASK_ATTENTION_FUNCTIONS["sdpa"])
