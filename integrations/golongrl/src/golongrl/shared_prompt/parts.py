"""One part of an attention with its log-sum-exp, and its gradient for a softmax that reaches over several parts.

With the output and the log-sum-exp of the whole softmax in the place of the part's own, the backward pass of a fused attention
gives the part's share of the gradient: p = exp(s - lse) is then the whole softmax's, and its row sum is (grad * out).
On the CPU torch's own fused kernel runs; elsewhere, and for what that kernel does not take, blocks of queries are computed
in plain operations, one block of scores in memory at a time.
"""

import torch

# Queries whose scores are in memory at once, where no fused kernel runs.
BLOCK = 512
Triple = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


def _fused(query: torch.Tensor, key: torch.Tensor) -> bool:
    return query.device.type == "cpu" and query.dtype in (torch.float32, torch.bfloat16, torch.float64) and key.shape[2] > 0


def forward(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, causal: bool, scale: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Output [B, H, Q, D] and log-sum-exp [B, H, Q]; causal takes as many queries as keys."""
    if _fused(query, key):
        return torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(query, key, value, 0.0, causal, scale=scale)
    outputs, sums = [], []
    for start in range(0, query.shape[2], BLOCK):
        scores = _scores(query[:, :, start : start + BLOCK], key, start, causal, scale)
        lse = scores.logsumexp(-1)
        outputs.append(((scores - lse.unsqueeze(-1)).exp().to(value.dtype)) @ value)
        sums.append(lse)
    return torch.cat(outputs, 2), torch.cat(sums, 2)


def backward(
    grad: torch.Tensor, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, out: torch.Tensor, lse: torch.Tensor, causal: bool, scale: float
) -> Triple:
    """Gradients of query, key and value, where `out` and `lse` are those of the whole softmax."""
    if _fused(query, key):
        return torch.ops.aten._scaled_dot_product_flash_attention_for_cpu_backward(
            grad, query, key, value, out, lse, 0.0, causal, scale=scale
        )
    grad_key, grad_value = torch.zeros_like(key, dtype=torch.float32), torch.zeros_like(value, dtype=torch.float32)
    grads = []
    for start in range(0, query.shape[2], BLOCK):
        rows = slice(start, start + BLOCK)
        weights = (_scores(query[:, :, rows], key, start, causal, scale) - lse[:, :, rows].unsqueeze(-1)).exp()
        block = grad[:, :, rows].float()
        grad_value += weights.transpose(2, 3) @ block
        along = (block * out[:, :, rows].float()).sum(-1, keepdim=True)
        inner = weights * (block @ value.float().transpose(2, 3) - along) * scale
        grads.append((inner @ key.float()).to(query.dtype))
        grad_key += inner.transpose(2, 3) @ query[:, :, rows].float()
    return torch.cat(grads, 2), grad_key.to(key.dtype), grad_value.to(value.dtype)


def _scores(query: torch.Tensor, key: torch.Tensor, start: int, causal: bool, scale: float) -> torch.Tensor:
    scores = (query.float() @ key.float().transpose(2, 3)) * scale
    if causal:
        rows = torch.arange(start, start + query.shape[2], device=query.device)
        later = torch.arange(key.shape[2], device=query.device) > rows.unsqueeze(-1)
        scores = scores.masked_fill(later, -torch.inf)
    return scores
