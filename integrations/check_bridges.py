"""What the bridges do in the trainers themselves: `npm run check:bridges -- --venv DIR [--only trl,verl]`.

Makes an environment in DIR for each trainer (once; the versions below, on the CPU), builds a small dataset, starts
`golongrl reward serve` and lets each trainer take steps, or load and score, with tiny random models and scripted answers. Every
reward is compared with `golongrl score`, every advantage with the reference's batches or `golongrl advantage`. What cannot be
installed on this machine is named with the reason; its adapter is then held against the trainer's own source, where
`--sources DIR` has it. Standard library only.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "checks"))
from environment import HERE, ROOT, Needs, NotHereError, environment, reward_server, run  # noqa: E402
from packages import responses  # noqa: E402
from same import demand_same, read_rows  # noqa: E402

GOLDEN = ROOT / "test/golden/advantages.jsonl"
PACKAGE = HERE / "golongrl"
ROWS_PER_KIND = 3
# Milliseconds that a verdict may take on a machine that does much else.
PATIENCE = "60000"
SAMPLES = 90

TORCH = ("setuptools>=77", "torch==2.13.0")
# verl's default trainer imports the last four; its package does not ask for them (a rollout engine brings three).
TRAINERS = Needs("trainers", (*TORCH, "trl==1.16.0", "verl==0.9.1", "TransferQueue==0.1.11", "cachetools", "fastapi", "uvicorn"))
NEEDS = {
    "python": TRAINERS,
    "trl": TRAINERS,
    "verl": TRAINERS,
    # OpenRLHF demands deepspeed, flash-attn and vLLM's transformers. Its reward client needs none of them.
    "openrlhf": Needs("trainers", TRAINERS.packages, without_dependencies=("openrlhf==0.11.2",)),
    "verifiers": Needs("verifiers", ("verifiers==0.4.0", "hatchling", "uv")),
    "openenv": Needs("openenv", ("openenv==0.10.0", "hatchling")),
    # AReaL demands SGLang and a GPU's kernels; its reward wrapper needs colorlog.
    "areal": Needs("trainers", (*TRAINERS.packages, "colorlog"), without_dependencies=("areal==1.0.4",)),
    "slime": TRAINERS,
    "nemo-rl": TRAINERS,
    # What prime-rl's sink imports beside verifiers.
    "prime-rl": Needs("verifiers", ("verifiers==0.4.0", "hatchling", "uv", "torch==2.13.0", "msgspec", "wandb", "xxhash", "platformdirs")),
    # 0.7 asks for Python 3.13.14 or newer and runs on 3.13.0.
    # SkyRL 0.4 asks for Python 3.12; aiohttp is missing from its extra. integrations/skyrl has what is checked.
    "skyrl": Needs("skyrl", ("torch==2.13.0", "skyrl[tinker,jax]==0.4.0", "aiohttp"), python=(3, 12)),
    "nemo-gym": Needs("nemo-gym", ("nemo-gym==0.7.0", "setuptools>=77"), python=(3, 13), ignore_python=True),
}


@dataclass
class Checks:
    """What every check is given."""

    venv: Path
    cli: list[str]
    work: Path
    url: str
    sources: Path | None

    def python(self, name: str) -> Path:
        """The interpreter of the trainer's environment, with our package installed anew."""
        return environment(self.venv, NEEDS[name], [PACKAGE])

    @property
    def env(self) -> dict[str, str]:
        quiet = {"PYTHONWARNINGS": "ignore", "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}
        return {**os.environ, **quiet, "GOLONGRL_REWARD_URL": self.url, "GOLONGRL_COMMAND": shlex.join([*self.cli[:-1], str(ROOT / self.cli[-1])])}

    def script(self, python: Path, name: str, *arguments: object) -> None:
        """One of checks/; its own lines are shown, and all of them where it fails."""
        command = [str(python), str(HERE / "checks" / f"{name}.py"), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.work, env=self.env, capture_output=True, text=True, timeout=1800)
        if done.returncode != 0:
            raise SystemExit(f"{shlex.join(command)} failed:\n{done.stdout[-4000:]}\n{done.stderr[-8000:]}")
        print("\n".join(line for line in done.stdout.splitlines() if line.startswith("  ")) or "  ok", flush=True)

    def source(self, name: str) -> Path:
        """The source tree of a trainer that no registry serves. Raises NotHereError."""
        if self.sources is None or not (self.sources / name).is_dir():
            raise NotHereError(f"no registry serves {name}; give its source tree: --sources DIR with DIR/{name}")
        return self.sources / name

    def rows_with_scores(self, name: str) -> Path:
        """Responses to the dataset's training samples and their scores."""
        return self.package("verifiers", f"rows-{name}")[1]

    def golongrl(self, *arguments: object) -> None:
        run([*self.cli, *map(str, arguments)])

    def score(self, rows: list[dict[str, Any]], file: Path) -> list[float]:
        """`golongrl score` on rows, by way of files."""
        out = file.with_suffix(".scores.jsonl")
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        self.golongrl("score", file, "--out", out, "--deadline", PATIENCE, "--format", "quiet")
        results = read_rows(str(out))
        if any(result["status"] != "ok" for result in results):
            raise SystemExit(f"rows without a verdict in {file}")
        return [result["score"] for result in results]

    def with_scores(self, rows: list[dict[str, Any]], file: Path) -> Path:
        """A file of the rows and what `golongrl score` gives them."""
        scores = self.score(rows, file)
        expected = file.with_suffix(".expected.jsonl")
        expected.write_text("".join(f"{json.dumps({**row, 'score': score})}\n" for row, score in zip(rows, scores, strict=True)))
        return expected

    def package(self, target: str, name: str | None = None) -> tuple[Path, Path]:
        """The dataset as an environment package, and the responses to its training samples with their scores."""
        out = self.work / f"golongrl-{name or target}"
        self.golongrl("data", "export", self.work / "dataset", "--to", target, "--out", out)
        data = out / "data" if target == "nemo-gym" else out / out.name.replace("-", "_") / "data"
        return out, self.with_scores(responses(str(data), "train"), self.work / f"{name or target}.jsonl")

    def install(self, python: Path, package: Path) -> None:
        """An exported package, from a copy, as a person installs it; it brings golongrl along."""
        with tempfile.TemporaryDirectory() as copy:
            source = shutil.copytree(package, Path(copy) / package.name)
            flags = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--force-reinstall"]
            run([str(python), "-m", "pip", "uninstall", "--quiet", "--yes", "golongrl"])
            run([str(python), "-m", "pip", "install", *flags, str(source)])


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


def check_python(checks: Checks) -> None:
    """The package alone: its unit tests, and its estimators against TypeScript's."""
    python = checks.python("python")
    # A thread's connection lives as long as the thread: Python warns of it.
    tests = [str(python), "-W", "ignore::ResourceWarning", "-m", "unittest", "discover", "-s", str(PACKAGE / "tests")]
    run(tests, env=checks.env)
    checks.script(python, "estimators", *shlex.split(checks.env["GOLONGRL_COMMAND"]))


def check_trl(checks: Checks) -> None:
    python = checks.python("trl")
    checks.script(python, "trl_trainer", GOLDEN, checks.work / "trl")
    for kind in ("plain", "conversational"):
        out = checks.work / kind
        out.mkdir()
        checks.script(python, "trl_two_steps", kind, out)
        rows = read_rows(str(out / "rows.jsonl"))
        log = json.loads((out / "log.json").read_text())
        expected = checks.score(rows, out / "again.jsonl")
        half = len(rows) // 2
        norms = ", ".join(f"{norm:.3f}" for norm in log["grad_norms"])
        print(f"  {kind}: two steps, gradient norms {norms}, share without verdict {log['failed']}")
        demand_same(f"{kind}: rewards of the completions", log["rewards"], expected)
        means = [sum(part) / half for part in (expected[:half], expected[half:])]
        demand_same(f"{kind}: mean rewards in the trainer's log", log["means"], means)


def check_shared_prompt(checks: Checks) -> None:
    checks.script(checks.python("trl"), "shared_prompt")


def check_verl(checks: Checks) -> None:
    """Rewards and estimator; `npm run check:verl` has the whole job."""
    python = checks.python("verl")
    checks.script(python, "verl_reward_loop", checks.with_scores(golden_rows(), checks.work / "verl.jsonl"))
    checks.script(python, "verl_estimator", GOLDEN)


def check_openrlhf(checks: Checks) -> None:
    python = checks.python("openrlhf")
    checks.script(python, "openrlhf_advantages", GOLDEN)
    checks.script(python, "openrlhf_client", checks.with_scores(golden_rows(), checks.work / "openrlhf.jsonl"))


def check_verifiers(checks: Checks) -> None:
    package, expected = checks.package("verifiers")
    python = checks.python("verifiers")
    checks.install(python, package)
    work = checks.work / "vf-eval"
    work.mkdir()
    checks.script(python, "verifiers_eval", package.name, package.name.replace("-", "_"), expected, work)


def check_nemo_gym(checks: Checks) -> None:
    package, expected = checks.package("nemo-gym")
    checks.script(checks.python("nemo-gym"), "nemo_gym_server", package, expected)


def check_openenv(checks: Checks) -> None:
    package, expected = checks.package("openenv")
    python = checks.python("openenv")
    checks.install(python, package)
    checks.script(python, "openenv_server", package.name.replace("-", "_"), expected)


def check_areal(checks: Checks) -> None:
    checks.script(checks.python("areal"), "areal_reward", checks.rows_with_scores("areal"))


def check_slime(checks: Checks) -> None:
    source = checks.source("slime")
    checks.script(checks.python("slime"), "slime_hooks", source, GOLDEN, checks.rows_with_scores("slime"))


def check_prime_rl(checks: Checks) -> None:
    source = checks.source("prime-rl")
    checks.script(checks.python("prime-rl"), "prime_rl_sink", source, GOLDEN)


def check_nemo_rl(checks: Checks) -> None:
    source = checks.source("nemo-rl")
    checks.script(checks.python("nemo-rl"), "nemo_rl_estimator", source, GOLDEN, checks.rows_with_scores("nemo-rl"))


def check_skyrl(checks: Checks) -> None:
    """Our client against SkyRL's server: log-probabilities, gradient norms, ten steps, restarts (`integrations/skyrl`)."""
    python = checks.python("skyrl")
    run(["npx", "tsx", "integrations/skyrl/check.ts", "--venv", str(python.parent.parent)], env=checks.env)


CHECKS: dict[str, Callable[[Checks], None]] = {
    "python": check_python,
    "trl": check_trl,
    "shared-prompt": check_shared_prompt,
    "verl": check_verl,
    "openrlhf": check_openrlhf,
    "verifiers": check_verifiers,
    "nemo-gym": check_nemo_gym,
    "openenv": check_openenv,
    "areal": check_areal,
    "slime": check_slime,
    "prime-rl": check_prime_rl,
    "nemo-rl": check_nemo_rl,
    "skyrl": check_skyrl,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, default=HERE / ".venv", help="folder of the environments, made if missing")
    parser.add_argument("--cli", default="node bin/golongrl.js", help="how golongrl is started, from the repository's root")
    parser.add_argument("--only", default=",".join(CHECKS), help=f"some of {','.join(CHECKS)}")
    parser.add_argument("--sources", type=Path, help="folder with the source trees of trainers that no registry serves")
    flags = parser.parse_args()
    cli = shlex.split(flags.cli)
    failed = []
    with tempfile.TemporaryDirectory() as folder, reward_server(cli, "--deadline", PATIENCE) as url:
        checks = Checks(flags.venv.absolute(), cli, Path(folder), url, flags.sources and flags.sources.absolute())
        checks.golongrl("data", "build", "--preset", "balanced", "--samples", SAMPLES, "--out", checks.work / "dataset", "--format", "quiet")
        for name in flags.only.split(","):
            print(name, flush=True)
            try:
                CHECKS[name](checks)
            except NotHereError as error:
                print(f"  not here: {error}", flush=True)
            except (SystemExit, subprocess.SubprocessError) as error:
                print(f"  FAILED: {error}", flush=True)
                failed.append(name)
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")
    print("all checks passed")


main()
