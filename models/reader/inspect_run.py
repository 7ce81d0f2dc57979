"""Shows where a checkpoint goes wrong, teacher-forced: each wrong token beside the right one, and how often the first token of a value
is taken from the right document. inspect_run.py CHECKPOINT TOKENIZER RECIPE [count] [--average]; CHECKPOINT may be `start-SEED`: the
circuit before any training."""

import json
import os
import subprocess
import sys
from collections import defaultdict

import torch
from tokenizers import Tokenizer

import circuit
from model import Reader, Shape, stream_of

HERE = os.path.dirname(os.path.abspath(__file__))
checkpoint, tokens, recipe = sys.argv[1:4]
count = next((word for word in sys.argv[4:] if word.isdigit()), '4')
torch.set_num_threads(1)
tokenizer = Tokenizer.from_file(os.path.join(tokens, 'tokenizer.json'))
model = Reader(Shape(vocab=tokenizer.get_vocab_size()))
vocabulary = tokenizer.get_vocab()
if checkpoint.startswith('start-'):
    circuit.write(model, circuit.marks_of(vocabulary), int(checkpoint.removeprefix('start-')))
else:
    saved = torch.load(checkpoint)
    model.load_state_dict(saved['average'] if '--average' in sys.argv else saved['model'])
command = ['npx', 'tsx', os.path.join(HERE, 'make-examples.ts'), '--recipe', recipe, '--count', count, '--seed', '990']
lines = subprocess.run(command, cwd=os.path.join(HERE, '..', '..'), capture_output=True, text=True, check=True).stdout
shown, right, whole, routed = defaultdict(int), defaultdict(list), defaultdict(list), []
for line in lines.strip().split('\n'):
    example = json.loads(line)
    encode = lambda text: tokenizer.encode(text).ids
    context = encode(example['context'])
    branches = []
    for b in example['branches']:
        ask, response = encode(b['ask']), encode(b['response'])
        branches.append((ask + response, len(ask), [1.0] * len(response)))
    batch = stream_of([(context, list(range(len(context))), branches)])
    with torch.no_grad():
        guess = model(batch).argmax(-1).tolist()
    at = 0
    for b, (ids, first, marks) in zip(example['branches'], branches):
        said = guess[at : at + len(marks)]
        at += len(marks)
        right[b['kind']] += [x == y for x, y in zip(said, ids[first:])]
        whole[b['kind']].append(said == ids[first:])
        if b['kind'] in ('lookup', 'figure', 'choice'):
            wanted = ids[first:]
            colon = wanted.index(vocabulary[':'], wanted.index(vocabulary['Ġ===']))
            place = colon + (2 if wanted[colon + 1] == vocabulary['Ġ'] else 1)
            routed.append(said[place] == wanted[place])
        if shown[b['kind']] < 2:
            shown[b['kind']] += 1
            spell = tokenizer.id_to_token
            words = [spell(y) if x == y else f'{spell(y)}<{spell(x)}>' for x, y in zip(said, ids[first:])]
            print(b['kind'], b['ask'].split('\nAfter')[0].strip().replace('\n', ' / '), '::', ' '.join(words).replace('Ġ', '_').replace('Ċ', '\\n'))
for kind in sorted(right):
    print(kind, f'tokens {sum(right[kind]) / len(right[kind]):.3f} whole {sum(whole[kind]) / len(whole[kind]):.2f} of {len(whole[kind])}')
print(f'values from the right document {sum(routed) / max(1, len(routed)):.3f} of {len(routed)}')
