"""Times the reference's own reward functions on the rows of a file, in processor time; prints one JSON object.

Usage: python rewards_reference.py REFERENCE_DIR ROWS.jsonl LIMIT
REFERENCE_DIR is a checkout of the reference; math-verify, rouge, pytrec-eval-terrier and jieba come from the registry.
"""

import importlib.util
import json
import logging
import sys
import time
import types
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def load(reference: Path):
    # The package's parents import a trainer; only its one decorator is needed here.
    for name in ("verl", "verl.utils"):
        sys.modules[name] = types.ModuleType(name)
    stub = types.ModuleType("verl.utils.import_utils")
    stub.deprecated = lambda *args, **kwargs: lambda function: function
    sys.modules["verl.utils.import_utils"] = stub
    found = sorted(reference.rglob("reward_score/long_bench_pro.py"))
    if not found:
        raise SystemExit(f"{reference}: no reward_score/long_bench_pro.py below it")
    folder = found[0].parent
    spec = importlib.util.spec_from_file_location(
        "reward_score", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["reward_score"] = module
    spec.loader.exec_module(module)
    return module


def main() -> None:
    reference, rows_path, limit = sys.argv[1:4]
    score = load(Path(reference)).default_compute_score
    with open(rows_path, encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle][: int(limit)]
    # One row of each kind first: modules are imported at their first use, which is no part of scoring.
    kinds = {(r["data_source"], (r["extra_info"] or {}).get("reward_mode")): r for r in rows}
    for r in kinds.values():
        score(r["data_source"], r["solution_str"], r["ground_truth"], r["extra_info"])
    start = time.process_time()
    scores = [score(r["data_source"], r["solution_str"], r["ground_truth"], r["extra_info"]) for r in rows]
    print(json.dumps({"rows": len(rows), "seconds": time.process_time() - start, "scores": scores}))


main()
