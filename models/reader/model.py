"""The reader's model in PyTorch: Qwen2's layout with windowed layers, for one shared context and many branches.

A batch is one stream of tokens: for each context its own tokens, then those of its branches behind one another. Linear layers
see the whole stream; attention goes context by context. A branch sees its context and itself, never another branch.
"""

import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import nn

import tiles

flash = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu
flash_backward = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu_backward


@dataclass(frozen=True)
class Shape:
    """What `config.json` says of the model."""

    vocab: int
    width: int = 192
    inner: int = 384
    heads: int = 4
    head: int = 64
    theta: float = 1e16
    window: int = 128
    windowed: tuple[bool, ...] = (True, True, False, False, True)
    epsilon: float = 1e-6

    @property
    def layers(self) -> int:
        return len(self.windowed)


@dataclass
class Stream:
    """Tokens of one step. `contexts` holds, for each, where it begins, where its branches begin, and their lengths."""

    tokens: torch.Tensor
    positions: torch.Tensor
    contexts: list[tuple[int, int, list[int]]]
    targets: torch.Tensor = field(default=None)
    weights: torch.Tensor = field(default=None)


class Joined(torch.autograd.Function):
    """Attention of branch tokens to a context and to themselves, joined by the log-sum-exp of each query.

    q, k, v: [1, heads, T, head] of the branches; ck, cv: [1, heads, S, head] of the context; rows: [N, L] place of each branch
    token in T (padding repeats the last one). Exact in both directions: the flash kernels take the joint result and sum.
    """

    @staticmethod
    def forward(ctx, q, k, v, ck, cv, rows, places):
        own = [t[0][:, rows].transpose(0, 1).contiguous() for t in (q, k, v)]
        o1, l1 = flash(q, ck, cv, 0.0, False)
        o2, l2 = flash(*own, 0.0, True)
        o2 = o2.transpose(1, 2).flatten(0, 1)[places].transpose(0, 1)[None]
        l2 = l2.transpose(1, 2).flatten(0, 1)[places].transpose(0, 1)[None]
        total = torch.logaddexp(l1, l2)
        out = (o1.float() * (l1 - total).exp()[..., None] + o2.float() * (l2 - total).exp()[..., None]).to(q.dtype)
        ctx.save_for_backward(q, k, v, ck, cv, rows, places, out, total)
        return out

    @staticmethod
    def backward(ctx, grad):
        q, k, v, ck, cv, rows, places, out, total = ctx.saved_tensors
        grad = grad.contiguous()
        like = lambda t: t.transpose(1, 2).contiguous().transpose(1, 2)
        dq, dck, dcv = flash_backward(like(grad), q, ck, cv, like(out), like2(total), 0.0, False)
        pad = lambda t: t[0][:, rows].transpose(0, 1).contiguous()
        g = pad(grad)
        live = torch.zeros(rows.numel(), dtype=torch.bool)
        live[places] = True
        g = g * live.view(rows.shape)[:, None, :, None]
        own = flash_backward(like(g), pad(q), pad(k), pad(v), like(pad(out)), like2(total[0][:, rows].transpose(0, 1)), 0.0, True)
        back = [t.transpose(1, 2).flatten(0, 1)[places].transpose(0, 1)[None] for t in own]
        return dq + back[0], back[1], back[2], dck, dcv, None, None


def like2(total):
    """The kernels write log-sum-exps as [batch, T, heads]; the backward kernel reads them so."""
    return total.transpose(1, 2).contiguous().transpose(1, 2)


def band(length, window, before):
    """Whether query i (the keys' last `length`) sees key j, with `before` keys in front of them."""
    i = torch.arange(length)[:, None] + before
    j = torch.arange(length + before)[None]
    return (j <= i) & (j > i - window)


_bands = {}


def windowed_context(q, k, v, window):
    """Context tokens, each of which sees the last `window`. [1, heads, S, head]."""
    size = q.shape[2]
    blocks = -(-size // window)
    pad = blocks * window - size
    q, k, v = (F.pad(t, (0, 0, 0, pad)) for t in (q, k, v))
    heads, head = q.shape[1], q.shape[3]
    cut = lambda t: t[0].view(heads, blocks, window, head).transpose(0, 1)
    two = lambda t: torch.cat([F.pad(t[:-1], (0, 0, 0, 0, 0, 0, 1, 0)), t], 2)
    key = (blocks, window)
    if key not in _bands:
        mask = band(window, window, window)[None, None].repeat(blocks, 1, 1, 1)
        mask[0, :, :, :window] = False
        _bands[key] = mask
    out = F.scaled_dot_product_attention(cut(q), two(cut(k)), two(cut(v)), attn_mask=_bands[key])
    return out.transpose(0, 1).reshape(1, heads, blocks * window, head)[:, :, :size]


def windowed_branches(q, k, v, ck, cv, rows, places, window):
    """Branch tokens, each of which sees the last `window` of its context and itself."""
    before = min(window, ck.shape[2])
    pad = lambda t: t[0][:, rows].transpose(0, 1)
    count, length = rows.shape
    lead = lambda t: t[:, :, t.shape[2] - before :].expand(count, -1, -1, -1)
    mask = band(length, window, before)
    out = F.scaled_dot_product_attention(
        pad(q), torch.cat([lead(ck), pad(k)], 2), torch.cat([lead(cv), pad(v)], 2), attn_mask=mask
    )
    return out.transpose(1, 2).flatten(0, 1)[places].transpose(0, 1)[None]


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        return F.rms_norm(x, (x.shape[-1],), self.weight, self.epsilon)


class Layer(nn.Module):
    """Names are those of the checkpoint."""

    def __init__(self, shape: Shape, windowed: bool):
        super().__init__()
        size = shape.heads * shape.head
        self.shape, self.windowed = shape, windowed
        self.input_layernorm = Norm(shape.width, shape.epsilon)
        self.post_attention_layernorm = Norm(shape.width, shape.epsilon)
        self.self_attn = nn.ModuleDict(
            {
                'q_proj': nn.Linear(shape.width, size),
                'k_proj': nn.Linear(shape.width, size),
                'v_proj': nn.Linear(shape.width, size),
                'o_proj': nn.Linear(size, shape.width, bias=False),
            }
        )
        self.mlp = nn.ModuleDict(
            {
                'gate_proj': nn.Linear(shape.width, shape.inner, bias=False),
                'up_proj': nn.Linear(shape.width, shape.inner, bias=False),
                'down_proj': nn.Linear(shape.inner, shape.width, bias=False),
            }
        )

    def tiled(self, y, turn, stream: Stream):
        """The same attention by attention.cpp."""
        shape = self.shape
        q, k, v = (
            F.linear(y, p.weight.to(y.dtype), p.bias.to(y.dtype)).view(-1, shape.heads, shape.head)
            for p in (self.self_attn[name] for name in ('q_proj', 'k_proj', 'v_proj'))
        )
        window = shape.window if self.windowed else None
        return tiles.attend(tiles.turn(q, *turn), tiles.turn(k, *turn), v, stream.table, window).flatten(1)

    def attention(self, y, turn, stream: Stream):
        shape, dtype = self.shape, y.dtype
        q, k, v = (
            F.linear(y, p.weight.to(dtype), p.bias.to(dtype)).view(-1, shape.heads, shape.head).transpose(0, 1)[None]
            for p in (self.self_attn[name] for name in ('q_proj', 'k_proj', 'v_proj'))
        )
        q, k = rotate(q, turn), rotate(k, turn)
        parts = []
        # Splitting, not slicing: the gradient of a slice is as large as what it was cut from.
        cuts = [t.split(stream.sizes, 2) for t in (q, k, v)]
        for i, (rows, places) in enumerate(stream.rows):
            cq, ck, cv = (cut[2 * i] for cut in cuts)
            bq, bk, bv = (cut[2 * i + 1] for cut in cuts)
            if self.windowed:
                parts.append(windowed_context(cq, ck, cv, shape.window))
                parts.append(windowed_branches(bq, bk, bv, ck, cv, rows, places, shape.window))
            else:
                parts.append(F.scaled_dot_product_attention(cq, ck, cv, is_causal=True))
                parts.append(Joined.apply(bq, bk, bv, ck, cv, rows, places))
        return torch.cat(parts, 2)[0].transpose(0, 1).reshape(y.shape[0], -1)

    def forward(self, x, turn, stream: Stream, dtype):
        y = self.input_layernorm(x).to(dtype)
        a = (self.tiled if tiles.attend and dtype == torch.bfloat16 else self.attention)(y, turn, stream)
        x = x + F.linear(a, self.self_attn['o_proj'].weight.to(dtype))
        y = self.post_attention_layernorm(x).to(dtype)
        gate, up, down = (self.mlp[name].weight.to(dtype) for name in ('gate_proj', 'up_proj', 'down_proj'))
        return x + F.linear(F.silu(F.linear(y, gate)) * F.linear(y, up), down)


def rotate(t, turn):
    cos, sin = turn
    half = t.shape[-1] // 2
    a, b = t[..., :half].float(), t[..., half:].float()
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1).to(t.dtype)


class Reader(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embed_tokens = nn.Embedding(shape.vocab, shape.width)
        self.layers = nn.ModuleList([Layer(shape, windowed) for windowed in shape.windowed])
        self.norm = Norm(shape.width, shape.epsilon)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.02)
            elif name.endswith('bias'):
                nn.init.zeros_(parameter)
        self.frequencies = shape.theta ** (-torch.arange(0, shape.head, 2).double() / shape.head)

    def forward(self, stream: Stream, dtype=torch.bfloat16):
        """Logits [places whose target counts, vocab] in fp32."""
        if not hasattr(stream, 'rows'):
            stream.table = tiles.table(stream.contexts)
            stream.rows = [rows_of(lengths) for _, _, lengths in stream.contexts]
            stream.sizes = [n for start, middle, lengths in stream.contexts for n in (middle - start, sum(lengths))]
        angle = stream.positions.double()[:, None] * self.frequencies
        turn = angle.cos().float(), angle.sin().float()
        x = self.embed_tokens(stream.tokens)
        for layer in self.layers:
            x = layer(x, turn, stream, dtype)
        kept = self.norm(x[stream.targets >= 0]).to(dtype)
        return F.linear(kept, self.embed_tokens.weight.to(dtype)).float()


def rows_of(lengths):
    """Places of each branch's tokens among those of all, padded to a rectangle, and where in it each token stands."""
    most = max(lengths)
    rows, places, at = [], [], 0
    for i, length in enumerate(lengths):
        rows.append([at + min(j, length - 1) for j in range(most)])
        places += [i * most + j for j in range(length)]
        at += length
    return torch.tensor(rows), torch.tensor(places)


def stream_of(items, device=None):
    """Items: (context ids, context positions, [(ids, first target)]); a branch's loss is on what follows `first target`."""
    tokens, positions, contexts, targets, weights = [], [], [], [], []
    for context, places, branches in items:
        start = len(tokens)
        tokens += context
        positions += places
        targets += [-1] * len(context)
        weights += [0.0] * len(context)
        middle, lengths = len(tokens), []
        for ids, first, marks in branches:
            tokens += ids[:-1]
            lengths.append(len(ids) - 1)
            positions += range(places[-1] + 1, places[-1] + len(ids))
            targets += [-1] * (first - 1) + ids[first:]
            weights += [0.0] * (first - 1) + marks
        contexts.append((start, middle, lengths))
    return Stream(torch.tensor(tokens), torch.tensor(positions), contexts, torch.tensor(targets), torch.tensor(weights))
