"""What the bridges do in the trainers themselves: `npm run check:bridges -- --venv DIR [--only trl,verl]`.

Makes an environment in DIR for each trainer (once; `checks/needs.py` has the versions; one after another beside the checks, SkyRL's
first), builds a small dataset, starts `golongrl reward serve` and lets each trainer take steps, or load and score, with tiny random
models and scripted answers. Every reward is compared with `golongrl score`, every advantage with the reference's batches or
`golongrl advantage`. What cannot be installed on this machine is named with the reason; the trainers that no registry serves are held
against their source, where `--sources DIR` has it. Standard library only.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "checks"))
from environment import HERE, PACKAGE, QUIET, ROOT, NotHereError, environment, install_copy, reward_server, run, run_script, say_versions  # noqa: E402
from needs import NEEDS  # noqa: E402
from packages import responses  # noqa: E402
from same import demand_same, read_rows  # noqa: E402

GOLDEN = ROOT / "test/golden/advantages.jsonl"
ROWS_PER_KIND = 3
# Milliseconds that a verdict may take on a machine that does much else.
PATIENCE = "60000"
SAMPLES = 90


@dataclass
class Checks:
    """What every check is given."""

    environments: dict[str, "Future[Path]"]
    cli: list[str]
    work: Path
    url: str
    sources: Path | None

    def python(self, check: str) -> Path:
        """The interpreter of a check's environment, once that is made. Raises NotHereError."""
        needs = NEEDS[check]
        python = self.environments[needs.name].result()
        say_versions(python, needs)
        return python

    @property
    def env(self) -> dict[str, str]:
        return {**os.environ, **QUIET, "GOLONGRL_REWARD_URL": self.url, "GOLONGRL_COMMAND": shlex.join([*self.cli[:-1], str(ROOT / self.cli[-1])])}

    def script(self, python: Path, name: str, *arguments: object) -> None:
        run_script(python, name, *arguments, cwd=self.work, env=self.env)

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
    short, samples = checks.work / "short", checks.work / "trl.jsonl"
    # Short enough for the micro policy, which answers about half of them.
    checks.golongrl("data", "build", "--short", 24, "--long", 0, "--out", short, "--format", "quiet")
    checks.golongrl("data", "export", short, "--to", "trl", "--out", samples)
    checks.script(python, "trl_page", ROOT / "models/micro", samples, checks.work / "trl-page")
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
    checks.script(checks.python("shared-prompt"), "shared_prompt")


def check_verl(checks: Checks) -> None:
    """Rewards and estimator; `npm run check:verl` has the whole job."""
    python = checks.python("verl")
    checks.script(python, "verl_reward_loop", checks.with_scores(golden_rows(), checks.work / "verl.jsonl"))
    checks.script(python, "verl_estimator", GOLDEN)


def check_openrlhf(checks: Checks) -> None:
    python = checks.python("openrlhf")
    checks.script(python, "openrlhf_advantages", GOLDEN)
    hook = checks.work / "hook"
    hook.mkdir()
    checks.script(python, "openrlhf_hook", hook)
    checks.script(python, "openrlhf_client", checks.with_scores(golden_rows(), checks.work / "openrlhf.jsonl"))


def check_verifiers(checks: Checks) -> None:
    package, expected = checks.package("verifiers")
    python = checks.python("verifiers")
    install_copy(python, package)
    work = checks.work / "vf-eval"
    work.mkdir()
    checks.script(python, "verifiers_eval", package.name, package.name.replace("-", "_"), expected, work)


def check_nemo_gym(checks: Checks) -> None:
    package, expected = checks.package("nemo-gym")
    checks.script(checks.python("nemo-gym"), "nemo_gym_server", package, expected)


def check_openenv(checks: Checks) -> None:
    package, expected = checks.package("openenv")
    python = checks.python("openenv")
    install_copy(python, package)
    checks.script(python, "openenv_server", expected)


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


def make_environments(folder: Path, names: list[str], maker: ThreadPoolExecutor) -> dict[str, "Future[Path]"]:
    """Those of the checks, made beside them; the first in `NEEDS` first."""
    wanted = {needs.name: needs for check, needs in NEEDS.items() if check in names}
    return {name: maker.submit(environment, folder, needs) for name, needs in wanted.items()}


def attempt(name: str, checks: Checks) -> str:
    """What became of a check: "passed", "not here" or "failed"."""
    start = time.monotonic()
    print(name, flush=True)
    try:
        CHECKS[name](checks)
        print(f"  passed in {time.monotonic() - start:.0f} s", flush=True)
        return "passed"
    except NotHereError as error:
        print(f"  not here: {error}", flush=True)
        return "not here"
    except (SystemExit, subprocess.SubprocessError) as error:
        print(f"  FAILED: {error}", flush=True)
        return "failed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, default=HERE / ".venv", help="folder of the environments, made if missing")
    parser.add_argument("--cli", default="node bin/golongrl.js", help="how golongrl is started, from the repository's root")
    parser.add_argument("--only", default=",".join(CHECKS), help=f"some of {','.join(CHECKS)}")
    parser.add_argument("--sources", type=Path, help="folder with the source trees of trainers that no registry serves")
    flags = parser.parse_args()
    cli, names = shlex.split(flags.cli), flags.only.split(",")
    with (
        ThreadPoolExecutor(1) as maker,
        tempfile.TemporaryDirectory() as folder,
        reward_server(cli, "--deadline", PATIENCE) as url,
    ):
        environments = make_environments(flags.venv.absolute(), names, maker)
        checks = Checks(environments, cli, Path(folder), url, flags.sources and flags.sources.absolute())
        checks.golongrl("data", "build", "--preset", "balanced", "--samples", SAMPLES, "--out", checks.work / "dataset", "--format", "quiet")
        became = {name: attempt(name, checks) for name in names}
    for outcome in ("passed", "not here", "failed"):
        print(f"{outcome}: {', '.join(name for name in names if became[name] == outcome) or 'none'}", flush=True)
    if "failed" in became.values():
        raise SystemExit(1)


main()
