"""Exercises the shims against the real TRL, verl and OpenRLHF: `npm run check:integrations`.

Makes a virtual environment (once), starts `golongrl reward serve` on a free port, and compares every reward that a trainer
sees with `golongrl score` on the same rows. Standard library only; what needs the trainers runs in the environment.
"""

import argparse
import json
import os
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "checks"))
from environment import HERE, ROOT, environment, reward_server, run  # noqa: E402
from same import demand_same, read_rows  # noqa: E402

# OpenRLHF demands deepspeed, flash-attn and vLLM's transformers. Its reward client needs none of them.
WITHOUT_DEPENDENCIES = ["openrlhf==0.11.2"]
ROWS_PER_KIND = 3


def golden_rows() -> list[dict[str, Any]]:
    """A few rows of each reward, full scores and others, from the vectors made by the reference implementation."""
    kinds: dict[tuple[str, str, bool], int] = {}
    rows = []
    for row in read_rows(str(ROOT / "test/golden/rewards.jsonl")):
        kind = (row["data_source"], row["extra_info"].get("reward_mode") or "", row["score"] > 0)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= ROWS_PER_KIND:
            rows.append({key: row[key] for key in ("data_source", "solution_str", "ground_truth", "extra_info")})
    return rows


def score(cli: list[str], rows: list[dict[str, Any]], file: Path) -> list[float]:
    """`golongrl score` on rows, by way of files."""
    out = file.with_suffix(".scores.jsonl")
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    run([*cli, "score", str(file), "--out", str(out), "--format", "quiet"])
    results = read_rows(str(out))
    if any(result["status"] != "ok" for result in results):
        raise SystemExit(f"rows without a verdict in {file}")
    return [result["score"] for result in results]


def check_trl(python: Path, cli: list[str], env: dict[str, str], work: Path) -> None:
    for kind in ("plain", "conversational"):
        out = work / kind
        out.mkdir()
        run([str(python), str(HERE / "checks/trl_two_steps.py"), kind, str(out)], env=env)
        rows = read_rows(str(out / "rows.jsonl"))
        log = json.loads((out / "log.json").read_text())
        expected = score(cli, rows, out / "again.jsonl")
        half = len(rows) // 2
        norms = ", ".join(f"{norm:.3f}" for norm in log["grad_norms"])
        print(f"  {kind}: two steps, gradient norms {norms}, share without verdict {log['failed']}")
        demand_same(f"{kind}: rewards of the completions", log["rewards"], expected)
        means = [sum(part) / half for part in (expected[:half], expected[half:])]
        demand_same(f"{kind}: mean rewards in the trainer's log", log["means"], means)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", type=Path, default=HERE / ".venv", help="virtual environment, made if missing")
    parser.add_argument("--cli", default="node bin/golongrl.js", help="how golongrl is started, from the repository's root")
    parser.add_argument("--only", default="client,trl,verl,openrlhf", help="checks to run")
    flags = parser.parse_args()
    cli, only = shlex.split(flags.cli), flags.only.split(",")
    python = environment(
        flags.venv.absolute(), HERE / "requirements-check.txt", [HERE / "golongrl_reward"], WITHOUT_DEPENDENCIES
    )
    with tempfile.TemporaryDirectory() as folder, reward_server(cli) as url:
        work = Path(folder)
        rows = golden_rows()
        expected = work / "expected.jsonl"
        scores = score(cli, rows, work / "rows.jsonl")
        expected.write_text("".join(f"{json.dumps({**row, 'score': s})}\n" for row, s in zip(rows, scores, strict=True)))
        env = {**os.environ, "GOLONGRL_REWARD_URL": url, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        for name in only:
            print(f"{name}", flush=True)
            if name == "client":
                # A thread's connection lives as long as the thread: Python warns of it.
                tests = [str(python), "-W", "ignore::ResourceWarning", "-m", "unittest", "discover"]
                run([*tests, "-s", str(HERE / "golongrl_reward/tests")], env=env)
            elif name == "trl":
                check_trl(python, cli, env, work)
            else:
                script = {"verl": "verl_reward_loop.py", "openrlhf": "openrlhf_client.py"}[name]
                run([str(python), str(HERE / "checks" / script), str(expected)], env=env)
    print("all checks passed")


main()
