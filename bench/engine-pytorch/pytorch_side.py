"""The PyTorch side of bench/engine-pytorch: reads one case a line on stdin, answers the seconds of each repetition.

Two threads, fp32, SDPA attention, the same weights as the engine. The sharing is written by hand in two ways: `shared` runs the
prompt once, expands its keys and values over the group, and autograd carries their gradient back into the prompt; `packed` runs
prompt and rollouts as one sequence, where a mask keeps the rollouts apart.
"""

import json
import sys
import time

import torch
from transformers import AutoModelForCausalLM

torch.set_num_threads(2)
model = AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.float32, attn_implementation="sdpa")
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-6, betas=(0.9, 0.98), weight_decay=0.1)


def tokens(*shape):
    return torch.randint(0, model.config.vocab_size, shape)


def policy_loss(logits, targets):
    logp = torch.log_softmax(logits, -1).gather(-1, targets[..., None])[..., 0]
    return -(torch.exp(logp - logp.detach()) * 0.5).mean()


def finish(loss):
    loss.backward()
    step()


def step():
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()


def whole(prompt, response, group, at_once):
    ids = torch.cat([tokens(1, prompt).expand(group, -1), tokens(group, response)], 1)
    for part in ids.split(at_once):
        # Logits only of the response: the row before a token predicts it.
        logits = model(part, use_cache=False, logits_to_keep=response + 1).logits[:, :-1]
        (policy_loss(logits, part[:, prompt:]) * len(part) / group).backward()
    step()


def shared(prompt, response, group):
    first = tokens(1, prompt)
    answers = tokens(group, response)
    cache = model(first[:, :-1], use_cache=True, logits_to_keep=1).past_key_values
    cache.batch_repeat_interleave(group)
    inputs = torch.cat([first[:, -1:].expand(group, 1), answers[:, :-1]], 1)
    finish(policy_loss(model(inputs, past_key_values=cache).logits, answers))


def packed(prompt, response, group):
    answers = tokens(group, response)
    # The last token of a rollout is predicted only.
    own = response - 1
    ids = torch.cat([tokens(1, prompt), answers[:, :-1].reshape(1, -1)], 1)
    position = torch.cat([torch.arange(prompt), torch.arange(prompt, prompt + own).repeat(group)])
    rollout = torch.cat([torch.full((prompt,), -1), torch.arange(group).repeat_interleave(own)])
    row, column = rollout[:, None], rollout[None, :]
    allowed = ((column == -1) | (column == row)) & (position[None, :] <= position[:, None])
    mask = torch.zeros(allowed.shape).masked_fill(~allowed, float("-inf"))[None, None]
    first = prompt + own * torch.arange(group)[:, None]
    rows = torch.cat([torch.full((group, 1), prompt - 1), first + torch.arange(own)], 1).flatten()
    logits = model(
        ids, attention_mask=mask, position_ids=position[None], use_cache=False, logits_to_keep=rows
    ).logits
    finish(policy_loss(logits.view(group, response, -1), answers))


def dense(batch, length):
    ids = tokens(batch, length)
    finish(torch.nn.functional.cross_entropy(model(ids, use_cache=False).logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten()))


def decode(batch, prompt, response):
    ids = tokens(batch, prompt)
    for new in (1, response):
        model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=new,
            min_new_tokens=new,
            do_sample=True,
            top_k=0,
            pad_token_id=0,
        )
        yield time.perf_counter()


def run(case):
    kind = case["kind"]
    start = time.perf_counter()
    if kind == "decode":
        first, last = decode(case["batch"], case["prompt"], case["response"])
        # The prompt's share cancels: what is left is response - 1 steps.
        return (last - first) - (first - start)
    if kind == "dense":
        dense(case["batch"], case["length"])
    else:
        sizes = {name: case[name] for name in ("prompt", "response", "group")}
        if kind == "whole":
            whole(**sizes, at_once=case["atOnce"])
        else:
            (packed if kind == "packed" else shared)(**sizes)
    return time.perf_counter() - start


for line in sys.stdin:
    case = json.loads(line)
    if case.get("warmUp", True):
        run(case)
    print(json.dumps([run(case) for _ in range(case["repetitions"])]), flush=True)
