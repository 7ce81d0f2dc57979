"""Exercises an exported job and the plugin against the real verl, on the CPU: `npm run check:verl -- --venv DIR`.

Makes a virtual environment (once), builds a small dataset, exports it with each preset, and runs `integrations/checks/verl_*.py`
in the environment. Standard library only.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "checks"))
from environment import HERE, QUIET, ROOT, environment, install, reward_server, run, run_script, say_versions  # noqa: E402
from needs import TRL, VERL  # noqa: E402
from same import demand_same, read_rows  # noqa: E402

PRESETS = {"qwen3-4b-grpo": "grpo", "qwen3-4b-tmn-reweight": "tmn-reweight", "qwen3-30b-a3b-grpo": "grpo"} | {
    f"{model}-8x80-{length}": "tmn-reweight" for model in ("qwen3-4b", "qwen3-30b-a3b") for length in ("32k", "64k")
}
# A key of the paper's scripts that verl 0.9 does not know, and one that it ignores.
DEAD, IDLE = "algorithm.rollout_is=true", "reward_model.reward_manager=dapo"
PLUGIN = {
    "VERL_USE_EXTERNAL_MODULES": {"VERL_USE_EXTERNAL_PLUGINS": "none", "VERL_USE_EXTERNAL_MODULES": "golongrl.verl.plugin"},
    "entry point verl.plugins": {},
    "neither": {"VERL_USE_EXTERNAL_PLUGINS": "none"},
}


class Checks:
    def __init__(self, python: Path, cli: list[str], work: Path, url: str) -> None:
        self.python, self.cli, self.work = python, cli, work
        self.env = {**os.environ, **QUIET, "GOLONGRL_REWARD_URL": url, "VERL_LOGGING_LEVEL": "ERROR"}
        self.dataset = work / "dataset"

    def export(self, preset: str) -> Path:
        """The job of a preset, exported when it is first asked for."""
        out = self.work / preset
        if not out.exists():
            run([*self.cli, "export", "verl", str(self.dataset), "--preset", preset, "--out", str(out), "--format", "quiet"])
        return out

    def script(self, name: str, *arguments: object, env: dict[str, str] | None = None) -> None:
        run_script(self.python, name, *arguments, cwd=self.work, env={**self.env, **(env or {})})

    def advantages(self, seen: Path, preset: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The batches in a file, and what `golongrl advantage` makes of them."""
        ours = seen.with_suffix(".ours.jsonl")
        run([*self.cli, "advantage", str(seen), "--estimator", PRESETS[preset], "--out", str(ours), "--format", "quiet"])
        return read_rows(str(seen)), read_rows(str(ours))

    def doctor(self, export: Path, **env: str) -> tuple[int, list[dict[str, str]]]:
        command = [*self.cli, "doctor", "--target", "verl", "--export", str(export), "--python", str(self.python), "--format", "json"]
        done = subprocess.run(command, cwd=ROOT, env={**self.env, **env}, capture_output=True, text=True, timeout=600)
        if not done.stdout.strip():
            raise SystemExit(f"doctor said nothing: {done.stderr}")
        return done.returncode, json.loads(done.stdout)["checks"]


def check_plugin(checks: Checks) -> None:
    for way, env in PLUGIN.items():
        print(f"plugin by {way}")
        checks.script("verl_plugin", "no" if way == "neither" else "yes", env=env)


def check_estimator(checks: Checks) -> None:
    print("estimator through compute_advantage, against test/golden/advantages.jsonl")
    checks.script("verl_estimator", ROOT / "test/golden/advantages.jsonl")


def check_compose(checks: Checks) -> None:
    print("overrides under Hydra")
    checks.script("verl_compose", *map(checks.export, PRESETS))


def check_dataset(checks: Checks) -> None:
    print("dataset and rewards")
    checks.script("verl_dataset", checks.export("qwen3-4b-tmn-reweight"))


def check_v1(checks: Checks) -> None:
    for preset in ("qwen3-4b-tmn-reweight", "qwen3-30b-a3b-grpo"):
        print(f"one step of the V1 trainer, {preset}")
        seen = checks.work / "seen.jsonl"
        checks.script("verl_v1", checks.export(preset), seen)
        (row,), (result,) = checks.advantages(seen, preset)
        kept = [i for i in range(len(row["rewards"])) if i not in row["vetoed"]]
        got, expected = ([values[i] for i in kept] for values in (row["advantages"], result["advantages"]))
        demand_same("advantages at the actor, vetoed rollout left out", got, expected, "`golongrl advantage`", 1e-4)


def check_cpu(checks: Checks) -> None:
    """verl's whole training, with its own actor: no part of it stands in."""
    print("two steps on the CPU: actor (FSDP2), Ray, loops, a rollout by Transformers")
    work = checks.work / "cpu"
    work.mkdir()
    preset = "qwen3-4b-8x80-32k"
    checks.script("verl_cpu_step", checks.export(preset), ROOT / "models/micro", work)
    for number, (row, result) in enumerate(zip(*checks.advantages(work / "seen.jsonl", preset), strict=True), 1):
        demand_same(f"advantages of step {number}", row["advantages"], result["advantages"], "`golongrl advantage`", 1e-5)


def check_launch(checks: Checks) -> None:
    """`launch.sh` as a person starts it; without a GPU verl goes as far as asking Ray for the GPUs."""
    print("launch.sh")
    model = checks.work / "model"
    code = "import sys; from pathlib import Path; from verl_rows import model_folder; model_folder(Path(sys.argv[1]))"
    subprocess.run([str(checks.python), "-c", code, str(model)], cwd=HERE / "checks", env=checks.env, check=True, capture_output=True)
    small = ["reward.num_workers=1", "data.dataloader_num_workers=0", "data.filter_overlong_prompts_workers=1"]
    small += ["ray_kwargs.ray_init.num_cpus=8", "transfer_queue.backend.SimpleStorage.num_data_storage_units=1"]
    small += ["+ray_kwargs.ray_init.include_dashboard=False"]
    env = {**checks.env, "MODEL": str(model), "NNODES": "1", "GPUS_PER_NODE": "64", "PYTHON": str(checks.python)}
    launch = ["bash", str(checks.export("qwen3-4b-tmn-reweight") / "launch.sh"), *small]
    done = subprocess.run(launch, cwd=checks.work, env=env, capture_output=True, text=True, timeout=1800)
    text = done.stdout + done.stderr
    for needed in ("golongrl: training rows by task", "Total available GPUs 0 is less than total desired GPUs 64"):
        if needed not in text:
            raise SystemExit(f"launch.sh never said {needed!r}:\n{text[-8000:]}")
    print("  configuration valid, Ray up, our trainer has read the data; it ends where verl asks Ray for 64 GPUs and there is none")


def check_doctor(checks: Checks) -> None:
    print("doctor")
    export = checks.export("qwen3-4b-tmn-reweight")
    # No GPU engine is installed here: those rows fail rightly, and only those may.
    _, rows = checks.doctor(export)
    failed = {row["name"] for row in rows if row["status"] == "fail"}
    if not failed <= {"rollout engine", "Megatron", "GPU"}:
        raise SystemExit(f"doctor fails a good export: {[row for row in rows if row['status'] == 'fail']}")
    print(f"  a good export: {len(rows)} checks, without a GPU {sorted(failed)} fail")
    overrides = export / "overrides.txt"
    text = overrides.read_text()
    overrides.write_text(f"{text}{DEAD}\n{IDLE}\n")
    code, rows = checks.doctor(export)
    overrides.write_text(text)
    said = {row["name"]: row for row in rows}
    dead, idle = said["keys"], said["keys without effect"]
    if code != 1 or dead["status"] != "fail" or "algorithm.rollout_is" not in dead["found"] or idle["status"] != "warn":
        raise SystemExit(f"doctor let a dead key pass: {code} {dead} {idle}")
    print(f"  a dead key: exit code {code}, {dead['found']}; {dead['hint']}")
    check_doctor_beside_trl(checks, export)


def check_doctor_beside_trl(checks: Checks, export: Path) -> None:
    folder = checks.work / "trl"
    install(checks.python, "--no-deps", "--target", str(folder), TRL)
    _, rows = checks.doctor(export, PYTHONPATH=str(folder))
    row = next(row for row in rows if row["name"] == "TRL")
    if row["status"] != "fail" or "pip uninstall trl" not in row["hint"]:
        raise SystemExit(f"doctor lets verl start beside {TRL}: {row}")
    print(f"  TRL {row['found']}; {row['hint']}")


CHECKS = {
    "plugin": check_plugin,
    "estimator": check_estimator,
    "compose": check_compose,
    "dataset": check_dataset,
    "v1": check_v1,
    "cpu": check_cpu,
    "launch": check_launch,
    "doctor": check_doctor,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", type=Path, default=HERE / ".venv", help="folder of the environments, made if missing")
    parser.add_argument("--cli", default="node bin/golongrl.js", help="how golongrl is started, from the repository's root")
    parser.add_argument("--only", default=",".join(CHECKS), help="checks to run")
    flags = parser.parse_args()
    cli = shlex.split(flags.cli)
    python = environment(flags.venv.absolute(), VERL)
    say_versions(python, VERL)
    with tempfile.TemporaryDirectory() as folder, reward_server(cli, "--deadline", "60000") as url:
        checks = Checks(python, cli, Path(folder), url)
        run([*cli, "data", "build", "--short", "180", "--long", "0", "--out", str(checks.dataset), "--format", "quiet"])
        for name in flags.only.split(","):
            CHECKS[name](checks)
    print("all checks passed")


main()
