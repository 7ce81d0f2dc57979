"""Blocks of every GGUF format that the engine reads, and what the `gguf` package makes of them.

  gguf_blocks.py FILE     writes the fixture of npm test: two random blocks of each format, in base64
"""

import base64
import json
import sys

import gguf
import numpy as np

random = np.random.default_rng(3)
cases = {}
for name in ("Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K"):
    kind = gguf.GGMLQuantizationType[name]
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = random.integers(0, 256, (2, size), dtype=np.uint8)
    # Scales and offsets are halves; random bits would be infinite now and then.
    lead = {"Q6_K": [208], "Q2_K": [80, 82], "Q3_K": [108], "Q4_0": [0], "Q5_0": [0], "Q8_0": [0]}.get(name, [0, 2])
    for block in blocks:
        for at in lead:
            block[at : at + 2] = random.normal(0, 0.05, 1).astype(np.float16).view(np.uint8)
    values = gguf.quants.dequantize(blocks, kind).astype(np.float32)
    encode = lambda array: base64.b64encode(array.tobytes()).decode()
    cases[name] = {"type": kind.value, "bytes": encode(blocks), "values": encode(values)}
with open(sys.argv[1], "w") as file:
    json.dump(cases, file, indent=1)
