"""An exported package in the real verifiers: installed, loaded, evaluated by `vf-eval` with a scripted model, validated by `vf-validate`.

Usage: verifiers_eval.py NAME MODULE EXPECTED WORK. EXPECTED has the responses of each sample (id, response) and their scores.
"""

import itertools
import json
import math
import os
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

import verifiers.v1 as vf
from answering_server import answering_server, prompt_of
from packages import COPIES
from page import command_for
from same import demand_same, read_rows
from verifiers.v1.utils.loaders import taskset_config_type

# Each rollout starts a program of its own, which takes seconds.
EVALUATED = 6


def choose(tasks: list[Any]) -> list[Any]:
    """A few tasks, of as many rewards as there are."""
    by_metric: dict[str, list[Any]] = {}
    for task in tasks:
        by_metric.setdefault(task.data.metric, []).append(task)
    rounds = itertools.zip_longest(*by_metric.values())
    return [task for places in rounds for task in places if task is not None][:EVALUATED]


def evaluate(name: str, url: str, work: Path, ids: list[str]) -> list[dict[str, Any]]:
    """The traces of an evaluation of some tasks, by the command of docs/trainers.md."""
    program = Path(sys.executable).with_name("vf-eval")
    own = {"vf-eval": str(program), "my-samples": name, "MODEL": "scripted"}
    command = [own.get(word, word) for word in command_for("verifiers and prime-rl", "vf-eval")]
    command += ["--client.base-url", url, "--client.api-key-var", "SCRIPTED_KEY"]
    command += ["--select.include.ids", json.dumps(ids), "-r", str(COPIES), "--max-concurrent", "2", "--no-rich", "--no-push"]
    env = {**os.environ, "SCRIPTED_KEY": "none", "PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, timeout=900)
    episodes = [row for file in work.rglob("traces.jsonl") for row in read_rows(str(file))]
    traces = [trace for episode in episodes for trace in episode["traces"]]
    if done.returncode != 0 or not traces:
        raise SystemExit(f"vf-eval: exit code {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return traces


def validate(name: str, work: Path, tasks: int) -> None:
    """`vf-validate`: every gold has full marks, and a task that nobody answered has none."""
    program = Path(sys.executable).with_name("vf-validate")
    command = [str(program), name, "--runtime.type", "subprocess", "--max-concurrent", "4", "--no-rich"]
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, timeout=900)
    rows = [row for file in work.rglob("results.jsonl") for row in read_rows(str(file))]
    reasons = sorted({str(row["reason"]) for row in rows})
    if done.returncode != 0 or len(rows) != tasks or reasons != ["valid"]:
        raise SystemExit(f"vf-validate: exit code {done.returncode}, {len(rows)} rows, {reasons}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    print(f"  vf-validate: {len(rows)} tasks, all valid")


def main(name: str, module: str, expected_file: str, work: Path) -> None:
    taskset = vf.load_taskset(taskset_config_type(name)(id=name))
    tasks = list(taskset)
    expected = read_rows(expected_file)
    if len(tasks) * COPIES != len(expected) or not import_module(module).__all__:
        raise SystemExit(f"the package has {len(tasks)} tasks, expected {len(expected) // COPIES}")
    answers: dict[str, itertools.cycle[str]] = {}
    for task in tasks:
        own = [row["response"] for row in expected if row["id"] == task.data.id]
        answers[task.data.prompt_text] = itertools.cycle(own)
    lock = threading.Lock()

    def answer(messages: list[dict[str, Any]]) -> str:
        with lock:
            return next(answers[prompt_of(messages)])

    chosen = choose(tasks)
    with answering_server(answer) as url:
        traces = evaluate(name, url, work, [task.data.id for task in chosen])
    print(f"  the package holds {len(tasks)} tasks; {len(traces)} rollouts of {EVALUATED} of them")
    key = {(row["id"], row["response"].strip()): row["score"] for row in expected}
    got, wanted = [], []
    for trace in traces:
        if trace["errors"]:
            raise SystemExit(f"a rollout failed: {trace['errors']}")
        text = [node["message"]["content"] for node in trace["nodes"] if node["message"]["role"] == "assistant"][-1]
        got.append(trace["rewards"]["verdict"]["score"])
        wanted.append(key[(trace["task"]["data"]["id"], text.strip())])
    demand_same(f"verdicts of {len(traces)} traces of vf-eval", got, wanted)
    metrics = sorted({name for trace in traces for name in trace["metrics"]})
    by_task = {name for name in metrics if name.startswith("task/")}
    wanted_by_task = {f"task/{task.data.metric}" for task in chosen}
    if len(traces) != EVALUATED * COPIES or len(by_task) < 2 or by_task != wanted_by_task or not all(math.isfinite(trace["metrics"]["acc"]) for trace in traces):
        raise SystemExit(f"metrics by task are missing: {metrics}")
    print(f"  metrics of a trace: {', '.join(metrics)}")
    validate(name, work, len(tasks))


main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
