"""A reinforcement-learning loop on the official tinker SDK against `golongrl engine serve`.

The policy is to name a letter that the prompt asks for: reward 1 when its answer begins with it. Data and
tokenizer are local. Each step: save weights for a sampler, sample groups, advantages within the group, forward_backward with
importance_sampling, optim_step. Checks: the log-probability of training is that of sampling, within 1e-4; the reward rises;
saved weights, loaded into a new training client, score as before.
"""

import json
import sys
import time

import tinker
from tinker import types
from tokenizers import Tokenizer

STEPS, PROMPTS, GROUP, MAX_TOKENS = 16, 8, 16, 6


def datum(prompt, tokens, logprobs, advantage):
    full = prompt + tokens
    lead = len(prompt) - 1
    return types.Datum(
        model_input=types.ModelInput.from_ints(full[:-1]),
        loss_fn_inputs={
            "target_tokens": types.TensorData(data=full[1:], dtype="int64", shape=[len(full) - 1]),
            "logprobs": types.TensorData(data=[0.0] * lead + logprobs, dtype="float32", shape=[len(full) - 1]),
            "advantages": types.TensorData(
                data=[0.0] * lead + [advantage] * len(tokens), dtype="float32", shape=[len(full) - 1]
            ),
        },
    )


def refusals(service, model, ok):
    """What can never succeed is refused within seconds, and the request after it runs: a refusal uses its number."""
    training = service.create_lora_training_client(base_model=model, rank=2)
    training.save_state("once").result()
    image = types.Datum(
        model_input=types.ModelInput(chunks=[types.ImageChunk(data=b"x", format="png")]), loss_fn_inputs=ok.loss_fn_inputs
    )
    refused = {
        "a second checkpoint of one name": lambda: training.save_state("once").result(),
        "a name with a slash": lambda: training.save_state("a/b").result(),
        "an image": lambda: training.forward_backward([image], "importance_sampling").result(),
        "a negative learning rate": lambda: training.optim_step(types.AdamParams(learning_rate=-1.0)).result(),
    }
    for name, send in refused.items():
        start = time.monotonic()
        try:
            send()
        except Exception as error:
            print(f"{name}: {type(error).__name__} after {time.monotonic() - start:.1f} s", flush=True)
        else:
            raise AssertionError(f"{name} was accepted")
        training.forward_backward([ok], "importance_sampling").result(timeout=60)


def main(url, tokenizer_file):
    tokenizer = Tokenizer.from_file(tokenizer_file)
    encode = lambda text: tokenizer.encode(text, add_special_tokens=False).ids
    service = tinker.ServiceClient(base_url=url)
    [model] = [m.model_name for m in service.get_server_capabilities().supported_models]
    training = service.create_lora_training_client(base_model=model, rank=8).result()
    stop = encode("\n")
    letters = "ABCDEFGH"
    rewards, gap, last = [], 0.0, None
    for step in range(STEPS):
        sampler = training.save_weights_and_get_sampling_client().result()
        params = types.SamplingParams(max_tokens=MAX_TOKENS, temperature=1.0, stop=stop, seed=1000 * step)
        prompts = [encode(f"Write the letter {letter}.\n<think>\n</think>\n[Answer]\n") for letter in letters[:PROMPTS]]
        futures = [
            sampler.sample(prompt=types.ModelInput.from_ints(p), num_samples=GROUP, sampling_params=params)
            for p in prompts
        ]
        data, scores = [], []
        for letter, prompt, future in zip(letters, prompts, futures):
            sequences = future.result().sequences
            texts = [tokenizer.decode(list(s.tokens)).strip() for s in sequences]
            group = [float(text.startswith(letter)) for text in texts]
            mean = sum(group) / len(group)
            scores += group
            if max(group) > min(group):
                data += [datum(prompt, list(s.tokens), list(s.logprobs), r - mean) for s, r in zip(sequences, group)]
        rewards.append(sum(scores) / len(scores))
        if data:
            backward = training.forward_backward(data, loss_fn="importance_sampling")
            update = training.optim_step(types.AdamParams(learning_rate=1e-3, beta1=0.9, beta2=0.95, eps=1e-8))
            for d, output in zip(data, backward.result().loss_fn_outputs):
                sampled, now = d.loss_fn_inputs["logprobs"].data, output["logprobs"].data
                gap = max([gap] + [abs(a - b) for a, b in zip(sampled, now) if a != 0.0])
            update.result()
            last = data
        print(f"step {step}: reward {rewards[-1]:.3f}, {len(data)} sequences", flush=True)

    path = training.save_state(name="final").result().path
    score = lambda client: [
        list(o["logprobs"].data) for o in client.forward(last[:4], loss_fn="importance_sampling").result().loss_fn_outputs
    ]
    before = score(training)
    again = service.create_training_client_from_state_with_optimizer(path).result()
    after = score(again)
    saved = max(abs(a - b) for x, y in zip(before, after) for a, b in zip(x, y))
    refusals(service, model, last[0])
    early, late = rewards[0], sum(rewards[-4:]) / 4
    result = {"sdk": tinker.__version__, "early": early, "late": late, "gap": gap, "saved": saved}
    print(json.dumps(result))
    assert gap < 1e-4, f"training and sampling differ by {gap}"
    assert saved < 1e-4, f"loaded weights score otherwise, by {saved}"
    assert late > early + 0.1, f"the reward went from {early:.3f} to {late:.3f}"


main(sys.argv[1], sys.argv[2])
