"""attention.cpp for PyTorch: compiled on first use where the processor has AMX; `attend` is None elsewhere."""

import ctypes
import hashlib
import os
import subprocess
import tempfile

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ['-O3', '-march=native', '-mamx-tile', '-mamx-bf16', '-shared', '-fPIC', '-std=c++17']
EVERYTHING = 1 << 28


def _load():
    if ' amx_bf16' not in open('/proc/cpuinfo').read():
        return None
    source = os.path.join(HERE, 'attention.cpp')
    mark = hashlib.sha256(open(source, 'rb').read()).hexdigest()[:12]
    library = os.path.join(tempfile.gettempdir(), f'reader-attention-{os.getuid()}-{mark}.so')
    if not os.path.exists(library):
        subprocess.run(['g++', *FLAGS, '-o', library + '.part', source], check=True)
        os.replace(library + '.part', library)
    loaded = ctypes.CDLL(library)
    return None if loaded.prepare() != 0 else loaded


_library = _load()


def _at(tensor):
    return ctypes.c_void_p(tensor.data_ptr() if tensor is not None else None)


def _call(q, k, v, out, lse, contexts, window, grads):
    parts = [*(_at(t) for t in (q, k, v, out, lse, contexts[0]))]
    numbers = [ctypes.c_int64(n) for n in (contexts[1], q.shape[1], window or EVERYTHING)]
    _library.attend(*parts, *numbers, *(_at(t) for t in grads))


class Turned(torch.autograd.Function):
    """Rotary positions. x: [tokens, heads, 64] in bf16; cosines, sines: [tokens, 32]. Changes x."""

    @staticmethod
    def forward(ctx, x, cosines, sines):
        ctx.mark_dirty(x)
        ctx.save_for_backward(cosines, sines)
        _library.turn(_at(x), _at(cosines), _at(sines), *(ctypes.c_int64(n) for n in (x.shape[0], x.shape[1], 0)))
        return x

    @staticmethod
    def backward(ctx, grad):
        cosines, sines = ctx.saved_tensors
        grad = grad.clone(memory_format=torch.contiguous_format)
        _library.turn(_at(grad), _at(cosines), _at(sines), *(ctypes.c_int64(n) for n in (grad.shape[0], grad.shape[1], 1)))
        return grad, None, None


class Attended(torch.autograd.Function):
    """q, k, v: [tokens, heads, 64] in bf16; contexts: what `table` made; window: None for everything."""

    @staticmethod
    def forward(ctx, q, k, v, contexts, window):
        out = torch.zeros_like(q)
        lse = torch.zeros(q.shape[0], q.shape[1])
        _call(q, k, v, out, lse, contexts, window, (None,) * 4)
        ctx.save_for_backward(q, k, v, out, lse)
        ctx.contexts, ctx.window = contexts, window
        return out

    @staticmethod
    def backward(ctx, grad):
        q, k, v, out, lse = ctx.saved_tensors
        grad = grad.contiguous()
        slopes = [torch.zeros_like(q) for _ in range(3)]
        _call(q, k, v, out, lse, ctx.contexts, ctx.window, (grad, *slopes))
        return (*slopes, None, None)


def table(contexts):
    """Contexts as the library reads them."""
    numbers = [n for start, middle, lengths in contexts for n in (start, middle, len(lengths), *lengths)]
    return torch.tensor(numbers, dtype=torch.int64), len(contexts)


attend = None if _library is None else lambda q, k, v, contexts, window: Attended.apply(q, k, v, contexts, window)
turn = None if _library is None else lambda x, cosines, sines: Turned.apply(x, cosines, sines)
