"""Trains the reader from the stream of examples that make-examples.ts writes. README.md has the commands and why this is Python.

Everything that may change while it runs stands in a control file (JSON), which is read again every few steps:
  rate, warm      learning rate, steps of its warm-up
  recipe          file of the recipes; the stream of examples starts anew when it, or its name, changes
  tokens          tokens of a step
  gaps, reach     share of contexts whose positions have gaps, and how far these may bring them
  embedding, circuit, early   factors of the rate for the embeddings, for the heads written by hand, and for all else in layers 0 to 2
  hard            weight of tokens that begin a line or a value, or say a size
  average         share that each step keeps of the average of the weights, which is what model/ holds: less where the rate falls fast
  plan            a list of changes to the above, one after another: each is entered, for good, when the share of look-ups that are right as a
                  whole (teacher-forced, the last 200 of each length) reaches its `enter`
"""

import argparse
import json
import math
import os
import random
import subprocess
import time
from collections import defaultdict, deque

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import circuit
from export import write_model
from model import Reader, Shape, stream_of

HERE = os.path.dirname(os.path.abspath(__file__))

parser = argparse.ArgumentParser()
parser.add_argument('--out', required=True, help='folder of the run: control.json, log, checkpoints')
parser.add_argument('--tokenizer', required=True, help='folder of tokenizer.json')
parser.add_argument('--from', dest='start', help='checkpoint to go on from; the latest of --out by default')
parser.add_argument('--seed', type=int, default=1)
parser.add_argument('--circuit', type=json.loads, default={}, help='JSON: other settings of the circuit')
parser.add_argument('--threads', type=int, default=1)
parser.add_argument('--save-minutes', type=float, default=10)
parser.add_argument('--float32', action='store_true', help='no bfloat16: faster where the processor has no AMX')
arguments = parser.parse_args()

torch.set_num_threads(arguments.threads)
dtype = torch.float32 if arguments.float32 else torch.bfloat16
tokenizer = Tokenizer.from_file(os.path.join(arguments.tokenizer, 'tokenizer.json'))
vocabulary = tokenizer.get_vocab()
MARKS = circuit.marks_of(vocabulary)
NEWLINES = MARKS[circuit.NEWLINE]
TITLES = [vocabulary['===']]
COLON, SPACE, EQUALS = vocabulary[':'], vocabulary['Ġ'], vocabulary['=']
DEFAULTS = {
    'rate': 1.5e-3, 'warm': 30, 'tokens': 9000, 'gaps': 0.3, 'reach': 8192,
    'embedding': 0.4, 'circuit': 0.5, 'early': 1.0, 'hard': 2.5, 'average': 0.998, 'recipe': 'recipes/lookups.json',
}


class Control:
    def __init__(self, path):
        self.path, self.stamp, self.values, self.plan = path, None, dict(DEFAULTS), []

    def read(self, stage):
        changed = os.path.getmtime(self.path) if os.path.exists(self.path) else 0
        if (changed, stage) != self.stamp:
            self.stamp = (changed, stage)
            given = json.load(open(self.path)) if changed else {}
            self.plan = given.pop('plan', [])
            self.values = {**DEFAULTS, **given}
            for entry in self.plan[:stage]:
                self.values.update({key: value for key, value in entry.items() if key != 'enter'})
            print('control', 'stage', stage, self.values, flush=True)
        return self.values

    def ready(self, stage, share):
        return stage < len(self.plan) and share >= self.plan[stage]['enter']


class Examples:
    """The stream, restarted at example `number` when the recipe changes."""

    def __init__(self, number):
        self.number, self.key, self.process = number, None, None

    def next(self, recipe):
        path = recipe if os.path.isabs(recipe) else os.path.join(HERE, recipe)
        key = (path, os.path.getmtime(path))
        if key != self.key or self.process.poll() is not None:
            self.close()
            command = ['npx', 'tsx', os.path.join(HERE, 'make-examples.ts'), '--recipe', path]
            command += ['--seed', str(arguments.seed), '--from', str(self.number)]
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=os.path.join(HERE, '..', '..'))
            self.key = key
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit('the stream of examples ended')
        self.number += 1
        return json.loads(line)

    def close(self):
        if self.process is not None:
            self.process.stdout.close()
            self.process.terminate()
            self.process.wait()


def encoded(example, control, rng):
    """(context ids, positions, [(ids, first target, weights)]) and the kinds of the branches."""
    texts = [example['context']] + [text for b in example['branches'] for text in (b['ask'], b['response'])]
    ids = [e.ids for e in tokenizer.encode_batch(texts)]
    context, rest = ids[0], ids[1:]
    places = list(range(len(context)))
    if rng.random() < control['gaps']:
        starts = [i for i, token in enumerate(context) if token == TITLES[0]] or [0]
        room = rng.randint(0, max(0, control['reach'] - len(context)))
        cuts = sorted(rng.choice(starts) for _ in range(rng.randint(1, 8)))
        sizes = [rng.random() for _ in cuts]
        shift, at = 0, 0
        for i in range(len(context)):
            while at < len(cuts) and cuts[at] <= i:
                shift += int(room * sizes[at] / sum(sizes))
                at += 1
            places[i] += shift
    branches = []
    for ask, response in zip(rest[::2], rest[1::2]):
        before = ask[-2:] + response
        marks = []
        for i in range(len(response)):
            two, one = before[i], before[i + 1]
            hard = one in NEWLINES or one == EQUALS or (one == SPACE and two == COLON) or one == COLON
            marks.append(control['hard'] if hard else 1.0)
        branches.append((ask + response, len(ask), marks))
    return (context, places, branches), [b['kind'] for b in example['branches']]


class Adam:
    """AdamW with a factor for each weight's step, and an average of the weights over time."""

    def __init__(self, model):
        self.model, self.count = model, 0
        self.first = {n: torch.zeros_like(p) for n, p in model.named_parameters()}
        self.second = {n: torch.zeros_like(p) for n, p in model.named_parameters()}
        self.average = {n: p.detach().clone() for n, p in model.named_parameters()}

    def factors(self, control):
        made = {}
        for name, parameter in self.model.named_parameters():
            factor = torch.ones_like(parameter)
            words = name.split('.')
            if words[0] == 'embed_tokens':
                factor *= control['embedding']
            if words[0] == 'layers' and int(words[1]) < 3:
                factor *= control['early']
            if words[0] == 'layers' and words[2] == 'self_attn' and int(words[1]) in HANDS:
                edge = HANDS[int(words[1])] * self.model.shape.head
                part = factor[:, :edge] if words[3] == 'o_proj' else factor[:edge]
                part.fill_(control['circuit'])
            made[name] = factor
        return made

    @torch.no_grad()
    def step(self, rate, factors, keep):
        self.count += 1
        norm = torch.sqrt(sum((p.grad**2).sum() for p in self.model.parameters()))
        clip = min(1.0, 1.0 / (norm.item() + 1e-9))
        b1, b2 = 0.9, 0.98
        for name, p in self.model.named_parameters():
            grad = p.grad * clip
            m, v = self.first[name], self.second[name]
            m.mul_(b1).add_(grad, alpha=1 - b1)
            v.mul_(b2).addcmul_(grad, grad, value=1 - b2)
            step = (m / (1 - b1**self.count)) / ((v / (1 - b2**self.count)).sqrt() + 1e-8)
            if p.dim() > 1:
                step += 0.01 * p
            p.sub_(step * factors[name], alpha=rate)
            self.average[name].lerp_(p, 1 - min(keep, self.count / (self.count + 10)))
        return norm.item()


HANDS = {0: 3, 1: 3, 2: 2, 3: 4, 4: 3}
os.makedirs(os.path.join(arguments.out, 'checkpoints'), exist_ok=True)
shape = Shape(vocab=tokenizer.get_vocab_size())
torch.manual_seed(arguments.seed)
model = Reader(shape)
optimizer = Adam(model)
state = {'step': 0, 'example': 0, 'tokens': 0, 'seconds': 0.0, 'stage': 0}
latest = arguments.start or os.path.join(arguments.out, 'checkpoints', 'latest.pt')
if os.path.exists(latest):
    saved = torch.load(latest)
    model.load_state_dict(saved['model'])
    optimizer.first, optimizer.second, optimizer.average = saved['first'], saved['second'], saved['average']
    optimizer.count, state = saved['count'], {**state, **saved['state']}
    print('from', latest, state, flush=True)
else:
    circuit.write(model, MARKS, arguments.seed, **arguments.circuit)
    optimizer = Adam(model)
print(sum(p.numel() for p in model.parameters()), 'parameters', flush=True)


def save(name):
    path = os.path.join(arguments.out, 'checkpoints', f'{name}.pt')
    parts = {'model': model.state_dict(), 'first': optimizer.first, 'second': optimizer.second, 'average': optimizer.average}
    torch.save({**parts, 'count': optimizer.count, 'state': state}, path + '.part')
    os.replace(path + '.part', path)


control_file = Control(os.path.join(arguments.out, 'control.json'))
examples = Examples(state['example'])
rng = random.Random(arguments.seed * 7919 + state['example'])
seen = defaultdict(lambda: deque(maxlen=200))
hits = deque(maxlen=60)
warm_from, started, told, kept = state['step'], time.time(), time.time(), time.time()
process_started, losses, factors, stamp = time.process_time(), deque(maxlen=50), None, None
session_tokens = 0
while True:
    control = control_file.read(state['stage'])
    if factors is None or stamp != control_file.stamp:
        factors, stamp = optimizer.factors(control), control_file.stamp
    items, kinds, total = [], [], 0
    while total < control['tokens']:
        item, names = encoded(examples.next(control['recipe']), control, rng)
        size = len(item[0]) + sum(len(ids) for ids, _, _ in item[2])
        items.append(item)
        kinds.append((len(item[0]), names))
        total += size
    batch = stream_of(items)
    targets = batch.targets[batch.targets >= 0]
    weights = torch.tensor([w for _, _, branches in items for _, _, marks in branches for w in marks])
    logits = model(batch, dtype)
    each = F.cross_entropy(logits, targets, reduction='none')
    loss = (each * weights).sum() / weights.sum()
    model.zero_grad(set_to_none=True)
    loss.backward()
    warm = min(1.0, (state['step'] - warm_from + 1) / control['warm'])
    norm = optimizer.step(control['rate'] * warm, factors, control['average'])
    state['step'] += 1
    state['example'] = examples.number
    state['tokens'] += total
    session_tokens += total
    losses.append(loss.item())
    with torch.no_grad():
        right = logits.argmax(-1) == targets
        hits.append(right[weights > 1].float().mean().item())
        at = 0
        for (size, names), (_, _, branches) in zip(kinds, items):
            bucket = 2 ** max(7, math.ceil(math.log2(size)))
            for name, (_, _, marks) in zip(names, branches):
                seen[(name, bucket)].append(bool(right[at : at + len(marks)].all()))
                at += len(marks)
    now = time.time()
    if now - told > 60:
        told = now
        table = defaultdict(dict)
        for (name, bucket), values in sorted(seen.items()):
            table[name][bucket] = f'{sum(values) / len(values):.2f}'
        minutes = (state['seconds'] + now - started) / 60
        print(
            f'{minutes:.1f} min step {state["step"]} {state["tokens"] / 1e6:.2f}M tokens {session_tokens / (now - started):.0f}/s '
            f'({session_tokens / (time.process_time() - process_started):.0f} per cpu s) loss {sum(losses) / len(losses):.3f} '
            f'hard {sum(hits) / len(hits):.3f} norm {norm:.2f}',
            ' '.join(f'{name} ' + '/'.join(f'{b}:{v}' for b, v in row.items()) for name, row in table.items()),
            flush=True,
        )
        looked = [value for (name, _), values in seen.items() if name in ('lookup', 'T1') for value in values]
        if len(looked) >= 200 and control_file.ready(state['stage'], sum(looked) / len(looked)):
            state['stage'] += 1
            seen.clear()
    if now - kept > 60 * arguments.save_minutes or os.path.exists(os.path.join(arguments.out, 'save')):
        kept = now
        before = state['seconds']
        state['seconds'] = before + now - started
        save('latest')
        save(f'minute-{int(state["seconds"] / 60):05d}')
        write_model(optimizer.average, shape, arguments.tokenizer, os.path.join(arguments.out, 'model'))
        state['seconds'] = before
        if os.path.exists(os.path.join(arguments.out, 'save')):
            os.remove(os.path.join(arguments.out, 'save'))
