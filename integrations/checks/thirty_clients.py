"""Thirty clients at once, each with its own adapter, against `golongrl engine serve`. Usage: thirty_clients.py URL [CLIENTS]

Every client takes two steps on its own sequence, samples and saves. Each must have what it would have alone: the loss of its second
step is that of a client which ran by itself.
"""

import sys
import threading
import time

import tinker
from tinker import types

URL, CLIENTS = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 30


def tensor(values, dtype):
    return types.TensorData(data=values, dtype=dtype, shape=[len(values)])


def datum(client):
    tokens = [5 + (7 * client + 3 * at) % 90 for at in range(24)]
    inputs = {"target_tokens": tensor(tokens[1:], "int64"), "weights": tensor([1.0] * 23, "float32")}
    return types.Datum(model_input=types.ModelInput.from_ints(tokens[:-1]), loss_fn_inputs=inputs)


def train(client):
    """Loss of each of two steps, and of what was trained then, from the gradient of two requests."""
    service = tinker.ServiceClient(base_url=URL)
    [model] = [found.model_name for found in service.get_server_capabilities().supported_models]
    training = service.create_lora_training_client(base_model=model, rank=4, seed=client)
    losses, data = [], [datum(client)]
    for _ in range(2):
        first = training.forward_backward(data, "cross_entropy")
        second = training.forward_backward(data, "cross_entropy")
        update = training.optim_step(types.AdamParams(learning_rate=1e-3))
        losses += [first.result(timeout=900).metrics["loss:sum"], second.result(timeout=900).metrics["loss:sum"]]
        update.result(timeout=900)
    losses.append(training.forward_backward(data, "cross_entropy").result(timeout=900).metrics["loss:sum"])
    sampler = training.save_weights_and_get_sampling_client()
    prompt = types.ModelInput.from_ints([5, 6, 7])
    sampled = sampler.sample(prompt, 2, types.SamplingParams(max_tokens=4, seed=1)).result(timeout=900)
    assert len(sampled.sequences) == 2
    training.save_state("end").result(timeout=900)
    return losses


def main():
    alone = train(3)
    assert alone[-1] < alone[0], f"two steps did not lower the loss: {alone}"
    results, start = {}, time.monotonic()

    def one(client):
        try:
            results[client] = train(client)
        except BaseException as error:
            results[client] = error

    threads = [threading.Thread(target=one, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failed = {client: result for client, result in results.items() if not isinstance(result, list)}
    assert not failed, f"{len(failed)} of {CLIENTS} clients failed: {next(iter(failed.items()))}"
    gap = max(abs(a - b) for a, b in zip(results[3], alone))
    assert gap < 1e-3, f"a client among others has other losses, by {gap}"
    lower = sum(losses[-1] < losses[0] for losses in results.values())
    assert lower == CLIENTS, f"{CLIENTS - lower} clients did not learn"
    print(f"{CLIENTS} clients: two steps, a sample and a checkpoint each in {time.monotonic() - start:.1f} s; losses as alone, within {gap:.1e}")


main()
