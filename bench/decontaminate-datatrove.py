"""datatrove's n-gram decontamination as a server of its own process for bench/decontaminate.ts: one JSON request a line.

The indexer's `run` wants lighteval, which is not needed for benchmarks of one's own: its `compute_hashes` and its file layout are used.
"""

import importlib.metadata  # noqa: F401  datatrove uses it without importing it
import json
import os
import sys
import tempfile
import time

import numpy as np
from datatrove.data import Document
from datatrove.pipeline.decont.n_grams import NGramsDecontConfig, NGramsDecontFilter, NGramsDecontIndexer
from datatrove.utils.logging import logger

logger.remove()
NGramsDecontIndexer._requires_dependencies = []


def build(folder, items, config):
    indexer = NGramsDecontIndexer(folder, config=config)
    hashes = set()
    for item in items:
        for answer in item["answers"]:
            hashes.update(indexer.compute_hashes(answer, item["question"]))
    array = np.array(list(hashes), dtype=config.hash_config.np_descr)
    array.tofile(os.path.join(folder, "benchmark.index.hashes"))
    return NGramsDecontFilter(folder, config=config), len(hashes)


def find(step, texts):
    documents = [Document(text=text, id=str(i)) for i, text in enumerate(texts)]
    start = time.perf_counter()
    for document in documents:
        step.filter(document)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "grams": [document.metadata.get("contaminated_ngram") for document in documents]}


with tempfile.TemporaryDirectory() as root:
    step = None
    for line in sys.stdin:
        request = json.loads(line)
        if "items" in request:
            folder = tempfile.mkdtemp(dir=root)
            with open(request["items"], encoding="utf-8") as file:
                items = [json.loads(row) for row in file]
            step, grams = build(folder, items, NGramsDecontConfig(**request["config"]))
            step.load_index_hashes()
            step.tokenizer.word_tokenize("the tokenizer loads at its first word")
            answer = {"grams": grams}
        else:
            with open(request["texts"], encoding="utf-8") as file:
                answer = find(step, [json.loads(row) for row in file])
        print(json.dumps(answer), flush=True)
