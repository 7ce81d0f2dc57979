"""Where the reader's weights begin: at the circuit that reading needs, written by hand as a rough start. Every weight is trained.

Copying what followed the same words before (an induction circuit) takes a model of this size millions of tokens to find, and
until then it learns nothing else. Coordinates of the residual stream:

  code       a random unit vector for each token; a few first ones are kept for marks (new line, `===`, `:`), which all else lacks
  rest       what else is known of the token; with the code it is what a token is read by and written with
  before     the codes of the three tokens before (layer 0, three heads: places one to three back, a matter of angles alone)
  line       the codes of the first three tokens of the line (layer 1, three heads: nearest token that has a new line so far before it)
  document   the codes of the last three tokens of the nearest title above, read at the ` ===` that ends it (layer 2, one head)

Layer 4 begins the answer: at the line behind `[Answer]` one head attends to the nearest value, that is, to what stands behind `: `.

Layer 3 copies: three heads attend to the token whose three predecessors, line and document match the present ones, and write it.
"""

import math

import torch
import torch.nn.functional as F

CODE, REST = 24, 28
BEFORE = [(52, 24), (76, 24), (100, 16)]
LINE = (116, 20)
DOCUMENT = [(136, 20), (156, 18), (174, 16)]
# Coordinates of the marks; the last three stand where the shorter copies of a code do not reach.
NEWLINE, CLOSE, ANSWER, COLON = 0, 21, 22, 23
MARKS = (NEWLINE, CLOSE, ANSWER, COLON)
# Of the residual stream. At 0.15 a hundred steps of the other weights drowned it.
SCALE = 0.6
LENGTH = 4 * SCALE


def marks_of(vocabulary):
    """Ids of the tokens that `write` marks."""
    newlines = [token for text, token in vocabulary.items() if text and set(text) == {'Ċ'}]
    close = {vocabulary[text]: share for text, share in (('Ġ===', 1.0), ('<think>', 0.96), ('</think>', 1.0))}
    return {
        NEWLINE: dict.fromkeys(newlines, 1.0),
        CLOSE: close,
        ANSWER: {vocabulary['[Answer]']: 1.0},
        COLON: {vocabulary[':']: 1.0},
    }


def clear(model, layer, index):
    """The head's weights at zero: its queries, keys, block, and the row it begins at."""
    head = model.shape.head
    block = model.layers[layer].self_attn
    rows = slice(index * head, (index + 1) * head)
    for name in ('q_proj', 'k_proj', 'v_proj'):
        block[name].weight[rows] = 0
        block[name].bias[rows] = 0
    block['o_proj'].weight[:, rows] = 0
    return block['q_proj'], block['k_proj'], block, index * head


@torch.no_grad()
def write(model, marks, seed=0, gains=(36, 28, 20, 12, 16, 12, 12), back=80, near=40, sure=160, certainty=120, far=100, sure_title=400):
    """`marks`: for each mark, ids of its tokens with how surely they bear it. Those of thinking end titles too: from there on,
    until a title is quoted, no document is nearer than the others."""
    shape = model.shape
    generator = torch.Generator().manual_seed(seed)
    head, half = shape.head, shape.head // 2
    root = math.sqrt(head)
    frequency = model.frequencies.float()
    code = torch.randn(shape.vocab, CODE, generator=generator)
    code[:, list(MARKS)] = 0
    code = F.normalize(code, dim=-1)
    for mark, tokens in marks.items():
        for token, share in tokens.items():
            size = 0.8 * share
            code[token] = F.normalize(code[token], dim=0) * math.sqrt(1 - size**2)
            code[token, mark] = size
    code *= LENGTH
    table = torch.randn(shape.vocab, shape.width, generator=generator) * 0.02 * SCALE
    table[:, :CODE] = code
    table[:, CODE : CODE + REST] = F.normalize(torch.randn(shape.vocab, REST, generator=generator), dim=-1) * math.sqrt(REST) * SCALE
    model.embed_tokens.weight.copy_(table)
    model.norm.weight.fill_(0.15 / SCALE)
    squares = [16.0 + REST]
    squares.append(squares[0] + 16 * sum(size for _, size in BEFORE) / CODE)
    squares.append(squares[1] + 0.36 * 3 * 16 * LINE[1] / CODE)
    squares.append(squares[2] + 16 * sum(size for _, size in DOCUMENT) / CODE)
    squares.append(squares[3] + 4 * (16 + REST))
    norms = [SCALE * math.sqrt(value / shape.width) for value in squares]

    strength = 0.8 * LENGTH

    def copy(block, at, source, to, size, gain, norm):
        # As large on both sides: a step of the optimizer changes either by as much.
        for i in range(size):
            block['v_proj'].weight[at + i, source + i] = math.sqrt(norm)
            block['o_proj'].weight[to + i, at + i] = gain * math.sqrt(norm)

    def find(q, k, at, pair, mark, norm, certainty):
        """Attention to the tokens that bear a mark. A large bias on small weights would lose it within a few steps."""
        unit = math.sqrt(certainty * root)
        q.bias[at + pair] = unit
        k.weight[at + pair, mark] = unit * norm / strength

    def nearest(q, k, at, pairs, gain):
        """A preference for near places: the cosine falls from where it stands over the distances of its period."""
        for pair in pairs:
            unit = math.sqrt(gain * root)
            q.bias[at + pair] = unit * math.cos(0.6)
            q.bias[at + pair + half] = unit * math.sin(0.6)
            k.bias[at + pair] = unit

    def pair_of(value):
        return int((frequency.log() - math.log(value)).abs().argmin())

    for index, (to, size) in enumerate(BEFORE):
        q, k, block, at = clear(model, 0, index)
        weights = torch.tensor([3.0, 3, 1, 1, 1, 1, 1, 1])
        weights = weights / weights.sum() * back * root
        for pair in range(8):
            turn = -frequency[pair].item() * (index + 1)
            unit = weights[pair].sqrt().item()
            q.bias[at + pair] = unit * math.cos(turn)
            q.bias[at + pair + half] = unit * math.sin(turn)
            k.bias[at + pair] = unit
        copy(block, at, 0, to, size, 1.0, norms[0])

    for index, (source, _) in enumerate(BEFORE):
        q, k, block, at = clear(model, 1, index)
        find(q, k, at, half - 1, source + NEWLINE, norms[1], sure)
        nearest(q, k, at, [pair_of(x) for x in (0.032, 0.01)], near)
        copy(block, at, 0, LINE[0], LINE[1], 0.6, norms[1])

    q, k, block, at = clear(model, 2, 0)
    find(q, k, at, half - 1, CLOSE, norms[2], sure_title)
    nearest(q, k, at, [pair_of(x) for x in (0.0032, 0.001, 0.00032)], far)
    row = at
    for (to, size), (source, _) in zip(DOCUMENT, BEFORE):
        copy(block, row, source, to, size, 1.0, norms[2])
        row += size

    slow = [pair for pair in range(half) if frequency[pair] * 16384 < 0.8]
    share = [0.2, 0.16, 0.12, 0.1, 0.16, 0.14, 0.12]
    cuts = [0] + [round(len(slow) * sum(share[: i + 1])) for i in range(len(share))]
    comparisons = [
        (0, BEFORE[0], CODE),
        (BEFORE[0][0], BEFORE[1], CODE),
        (BEFORE[1][0], BEFORE[2], BEFORE[2][1]),
        (LINE[0], LINE, LINE[1]),
        *((start, (start, size), size) for start, size in DOCUMENT),
    ]
    for index in range(3):
        q, k, block, at = clear(model, 3, index)
        for i, ((mine, (theirs, _), size), gain) in enumerate(zip(comparisons, gains)):
            pairs = slow[cuts[i] : cuts[i + 1]]
            rows = [row for pair in pairs for row in (pair, pair + half)]
            basis = torch.linalg.qr(torch.randn(max(size, len(rows)), max(size, len(rows)), generator=generator))[0]
            basis = basis[: len(rows), :size]
            weight = math.sqrt(gain * root * max(1, size / len(rows))) / LENGTH
            for row, vector in zip(rows, basis):
                q.weight[at + row, mine : mine + size] = vector * weight * norms[3]
                k.weight[at + row, theirs : theirs + size] = vector * weight * norms[3]
        copy(block, at, 0, 0, CODE + REST, 2.0 / 3, norms[3])

    # The line that follows `[Answer]` begins as the value of the line quoted last.
    q, k, block, at = clear(model, 4, 0)
    unit = math.sqrt(certainty * root) * norms[4] / strength
    q.weight[at + half - 1, BEFORE[0][0] + ANSWER] = unit
    k.weight[at + half - 1, BEFORE[1][0] + COLON] = unit
    for pair in [pair_of(x) for x in (0.032, 0.01)]:
        unit = math.sqrt(near * root)
        q.weight[at + pair, BEFORE[0][0] + ANSWER] = unit * math.cos(0.6) * norms[4] / strength
        q.weight[at + pair + half, BEFORE[0][0] + ANSWER] = unit * math.sin(0.6) * norms[4] / strength
        k.bias[at + pair] = unit
    copy(block, at, 0, 0, CODE + REST, 2.0, norms[4])
