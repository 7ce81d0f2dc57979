"""Writes heads for lists into a checkpoint that reads records already: implant.py FROM TO TOKENIZER [--heads keys,firsts,...]

A model of this size does not find within millions of tokens how to go from a group to the lines that belong to it, because four steps must be
right together before any of them helps. Each is written as a head that had no work yet. What a head looks for is found by
regression on the stream that enters its layer, so that it fits whatever training has made of the coordinates by then:

  keys    layer 2, head 0: at every token, what stood before the nearest ` (`, the end of a record's key (in the place of the title)
  firsts  layer 2, head 1: at the `):` that closes a record's group, how its line begins
  groups  layer 3, head 3: below a line `Group:`, how the lines begin whose group it is
  listed  layer 4, head 1: there, takes away how the keys begin that are listed already
  sorted  layer 4, head 2: the same in the list below `So:`
"""

import argparse
import json
import math
import os
import subprocess
import tempfile

import torch
from tokenizers import Tokenizer

from circuit import BEFORE, CODE, DOCUMENT, LENGTH, REST, clear
from model import Reader, Shape, stream_of

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = {'T3': 2, 'T4': 1, 'T5': 1, 'T1': 1, 'T8': 2, 'T7': 1, 'T9': 0.5}
NAMES = ('keys', 'firsts', 'groups', 'listed', 'sorted')


class Examples:
    """Encoded examples with, for each of their tokens, whether it is one of those that a head looks for or acts at."""

    def __init__(self, tokenizer, count=40):
        self.vocabulary = tokenizer.get_vocab()
        self.encode = lambda text: tokenizer.encode(text).ids
        with tempfile.NamedTemporaryFile('w', suffix='.json') as recipe:
            json.dump([{'share': 1, 'tokens': [150, 900], 'branches': 8, 'views': {'records': 1}, 'kinds': KINDS}], recipe)
            recipe.flush()
            command = ['npx', 'tsx', os.path.join(HERE, 'make-examples.ts'), '--recipe', recipe.name]
            command += ['--count', str(count), '--seed', '993']
            lines = subprocess.run(command, cwd=os.path.join(HERE, '..', '..'), capture_output=True, text=True, check=True).stdout
        self.streams, self.labels = [], []
        for line in lines.strip().split('\n'):
            example = json.loads(line)
            context = self.encode(example['context'])
            labels = self.of_tokens(context)
            branches = []
            for b in example['branches']:
                ask, response = self.encode(b['ask']), self.encode(b['response'])
                branches.append((ask + response, len(ask), [1.0] * len(response)))
                labels += self.of_branch(b, ask, response)
            self.streams.append(stream_of([(context, list(range(len(context))), branches)]))
            self.labels += labels

    def of_tokens(self, ids):
        names = {self.vocabulary['Ġ(']: 'open', self.vocabulary['):']: 'close'}
        newline = self.vocabulary['Ċ']
        return [
            ({names[token]} if token in names else set()) | ({'first'} if before == newline else set())
            for before, token in zip([None, *ids], ids)
        ]

    def of_branch(self, branch, ask, response):
        ids = (ask + response)[:-1]
        found = self.of_tokens(ids)
        newline, text = self.vocabulary['Ċ'], branch['response']
        if branch['kind'] in ('T3', 'T4', 'T5'):
            group = self.encode(text.split(':\n')[0])
            for i in range(len(ask) + len(group), len(ids) - 1):
                if ids[i - 1 - len(group) : i - 1] == group and ids[i - 1 : i + 1] == [self.vocabulary[':'], newline]:
                    found[i].add('below group')
                    found[i + 1].add('listed')
        if '\nSo:\n' in text and branch['kind'] in ('T3', 'T7', 'T8'):
            start = len(ask) + len(self.encode(text[: text.index('\nSo:\n') + 5]))
            end = len(ask) + len(self.encode(text[: text.index('\n</think>') + 1]))
            for i in range(start, min(end, len(ids))):
                if ids[i - 1] == newline:
                    found[i].add('sorted')
                if ids[i] == newline:
                    found[i].add('below so')
        return found


class Layer:
    """The normalized stream that enters a layer of the model, over all examples."""

    def __init__(self, model, index, examples):
        self.labels, rows = examples.labels, []
        hook = model.layers[index].input_layernorm.register_forward_hook(lambda m, a, y: rows.append(y.detach().float()))
        with torch.no_grad():
            for stream in examples.streams:
                model(stream, torch.float32)
        hook.remove()
        x = torch.cat(rows)
        self.x = torch.cat([x, torch.ones(len(x), 1)], 1)
        # A size that has come through the norm, in its own units.
        self.scale = model.layers[index].input_layernorm.weight.detach()

    def direction(self, label):
        """Weights and bias of what is near one at the tokens of a label and near zero elsewhere."""
        wanted = torch.tensor([float(label in found) for found in self.labels])
        share = torch.where(wanted > 0, (wanted == 0).sum() / wanted.sum() * 0.3, torch.tensor(1.0))
        size = self.x.shape[1]
        weighed = self.x * share[:, None]
        found = torch.linalg.solve(weighed.T @ self.x + 1e-2 * len(self.x) * torch.eye(size), weighed.T @ wanted)
        said = self.x @ found
        print(f'  {label}: {int(wanted.sum())}, {said[wanted > 0].mean():.2f} against {said[wanted == 0].quantile(0.999):.2f}')
        return found[:-1], found[-1]


def pairs_near(model, values=(0.032, 0.01)):
    """Pairs of coordinates whose turning prefers near places."""
    frequency = model.frequencies.float()
    return [int((frequency.log() - math.log(value)).abs().argmin()) for value in values]


def look(part, row, direction, unit):
    """Rows of a projection that measure a direction."""
    part.weight[row] = direction[0] * unit
    part.bias[row] = direction[1] * unit


def nearest(model, q, k, at, unit, direction=None):
    half = model.shape.head // 2
    for pair in pairs_near(model):
        for row, turn in ((pair, math.cos(0.6)), (pair + half, math.sin(0.6))):
            if direction is None:
                q.bias[at + row] = unit * turn
            else:
                look(q, at + row, direction, unit * turn)
        k.bias[at + pair] = unit


def copy(layer, block, at, source, to, size, gain, norm):
    for i in range(size):
        unit = math.sqrt(norm / layer.scale[source + i].abs().clamp(min=0.1))
        block['v_proj'].weight[at + i, source + i] = unit
        block['o_proj'].weight[to + i, at + i] = gain * unit


def unit_of(model, logit):
    return math.sqrt(logit * math.sqrt(model.shape.head))


def keys(model, examples):
    layer = Layer(model, 2, examples)
    q, k, block, at = clear(model, 2, 0)
    last = at + model.shape.head // 2 - 1
    unit = unit_of(model, 120)
    q.bias[last] = unit
    look(k, last, layer.direction('open'), unit)
    nearest(model, q, k, at, unit_of(model, 40))
    row = at
    for (to, size), (source, _) in zip(DOCUMENT, BEFORE):
        copy(layer, block, row, source, to, size, 1.0, 0.65)
        row += size


def firsts(model, examples):
    layer = Layer(model, 2, examples)
    q, k, block, at = clear(model, 2, 1)
    last, close = at + model.shape.head // 2 - 1, layer.direction('close')
    look(q, last, close, unit_of(model, 60))
    look(k, last, layer.direction('first'), unit_of(model, 60))
    nearest(model, q, k, at, unit_of(model, 40), close)
    copy(layer, block, at, 0, CODE, CODE, 1.5, 0.65)


def groups(model, examples):
    """The group's last two tokens stand two and three places back below its line, one and two places back at `):`."""
    layer = Layer(model, 3, examples)
    q, k, block, at = clear(model, 3, 3)
    half, root = model.shape.head // 2, math.sqrt(model.shape.head)
    look(q, at + half - 1, layer.direction('below group'), unit_of(model, 120))
    look(k, at + half - 1, layer.direction('close'), unit_of(model, 120))
    slow = [pair for pair in range(half - 1) if model.frequencies[pair] * 16384 < 0.8]
    cut = len(slow) * 3 // 5
    generator = torch.Generator().manual_seed(0)
    for (mine, width), (theirs, _), gain, pairs in (
        (BEFORE[1], BEFORE[0], 60, slow[:cut]),
        (BEFORE[2], BEFORE[1], 30, slow[cut:]),
    ):
        rows = [row for pair in pairs for row in (pair, pair + half)]
        most = max(width, len(rows))
        basis = torch.linalg.qr(torch.randn(most, most, generator=generator))[0][: len(rows), :width]
        weight = 0.72 * math.sqrt(gain * root * max(1, width / len(rows))) / LENGTH
        for row, vector in zip(rows, basis):
            q.weight[at + row, mine : mine + width] = vector * weight
            k.weight[at + row, theirs : theirs + width] = vector * weight
    copy(layer, block, at, CODE, 0, CODE, 8.0, 0.72)


def taken_away(model, examples, index, below, listed):
    layer = Layer(model, 4, examples)
    q, k, block, at = clear(model, 4, index)
    last = at + model.shape.head // 2 - 1
    look(q, last, layer.direction(below), unit_of(model, 24))
    look(k, last, layer.direction(listed), unit_of(model, 24))
    copy(layer, block, at, 0, 0, CODE + REST, -2.5, 1.55)


HEADS = {
    'keys': (2, 0, keys),
    'firsts': (2, 1, firsts),
    'groups': (3, 3, groups),
    'listed': (4, 1, lambda model, examples: taken_away(model, examples, 1, 'below group', 'listed')),
    'sorted': (4, 2, lambda model, examples: taken_away(model, examples, 2, 'below so', 'sorted')),
}


def forget(moments, layer, index, head):
    """What the optimizer knows of a head that is no more."""
    rows = slice(index * head, (index + 1) * head)
    for name in ('q_proj', 'k_proj', 'v_proj'):
        moments[f'layers.{layer}.self_attn.{name}.weight'][rows] = 0
        moments[f'layers.{layer}.self_attn.{name}.bias'][rows] = 0
    moments[f'layers.{layer}.self_attn.o_proj.weight'][:, rows] = 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('source', help='checkpoint')
    parser.add_argument('target', help='checkpoint to write; train.py --from takes it')
    parser.add_argument('tokenizer', help='folder of tokenizer.json')
    parser.add_argument('--heads', default=','.join(NAMES), help='which, in this order')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(os.path.join(arguments.tokenizer, 'tokenizer.json'))
    examples, saved = Examples(tokenizer), torch.load(arguments.source)
    model = Reader(Shape(vocab=tokenizer.get_vocab_size()))
    for name in arguments.heads.split(','):
        layer, index, write = HEADS[name]
        for weights in ('average', 'model'):
            print(name, weights)
            model.load_state_dict(saved[weights])
            with torch.no_grad():
                write(model, examples)
            saved[weights] = {key: value.clone() for key, value in model.state_dict().items()}
        for moments in (saved['first'], saved['second']):
            forget(moments, layer, index, model.shape.head)
    torch.save(saved, arguments.target)


if __name__ == '__main__':
    main()
