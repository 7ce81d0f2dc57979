"""What `golongrl doctor` asks a Python environment. Runs in that environment, by path; prints `{"checks": [...]}` as its last line.

A check is `{name, status: ok | warn | fail, found, hint}`. Only the standard library is imported at the top: what is missing is
what the checks are about.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OK, WARN, FAIL = "ok", "warn", "fail"


def check(name: str, status: str, found: str, hint: str = "") -> dict[str, str]:
    return {"name": name, "status": status, "found": found, "hint": hint}


def has(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def python_check(least: tuple[int, int]) -> dict[str, str]:
    found = sys.version.split()[0]
    wanted = ".".join(map(str, least))
    good = sys.version_info >= least
    return check("Python", OK if good else FAIL, found, "" if good else f"Make the environment with Python {wanted} or newer.")


def package_check(name: str, package: str, wanted: str, hint: str) -> dict[str, str]:
    """`wanted` is a prefix of the version; empty for any."""
    found = installed(package)
    if found is None:
        return check(name, FAIL, "not installed", hint)
    good = found == wanted or found.startswith(f"{wanted}.") if wanted else True
    return check(name, OK if good else FAIL, found, "" if good else f"Expected {wanted}.x. {hint}")


def gpu_check(wanted: int) -> dict[str, str]:
    import torch

    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if count == 0:
        return check("GPU", FAIL, f"none (torch {torch.__version__})", "Run doctor on a node that will train, with torch for its CUDA.")
    memory = torch.cuda.get_device_properties(0).total_memory / 2**30
    found = f"{count} x {torch.cuda.get_device_name(0)}, {memory:.0f} GiB"
    short = count < wanted
    return check("GPU", WARN if short else OK, found, f"The export asks for {wanted} on each node: set GPUS_PER_NODE." if short else "")


# --- verl


class Job:
    """An exported folder: what its launch script starts, and the configuration that this makes."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        command = ["bash", str(self.folder / "launch.sh"), "--print"]
        self.overrides = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        self.differences = json.loads(os.environ.get("GOLONGRL_DOCTOR_KEYS", '{"dead": [], "idle": []}'))

    def engine(self) -> str:
        return next((text.split("=", 1)[1] for text in self.overrides if text.startswith("model_engine=")), "dp")

    def explain(self, kind: str, key: str) -> str:
        """What the list of differences says of a key, or of one that it is part of."""
        for row in self.differences[kind]:
            if any(key == name or key.startswith(f"{name}.") for name in row["script"].split(", ")):
                return f"{key}: {row['why']}" + (f"; now {row['now']}" if row["now"] else "")
        return f"{key}: not in the configuration of this verl; remove it, or add it with a +"

    def idle(self, key: str) -> bool:
        return any(key == name or key.startswith(f"{name}.") for row in self.differences["idle"] for name in row["script"].split(", "))


def override_key(text: str) -> str:
    return text.lstrip("+~").split("=", 1)[0]


def dead_keys(job: Job, base: Any) -> list[str]:
    """Keys that are to exist and do not. Hydra would name only the first."""
    from omegaconf import OmegaConf

    def exists(key: str) -> bool:
        node = base
        for part in key.split("."):
            if not OmegaConf.is_dict(node) or part not in node.keys():
                return False
            node = node._get_node(part)
        return True

    plain = [text for text in job.overrides if text[0] not in "+~" and not text.startswith("model_engine=")]
    return [override_key(text) for text in plain if not exists(override_key(text))]


def key_checks(job: Job) -> Iterator[dict[str, str]]:
    from hydra import compose, initialize_config_module

    with initialize_config_module("verl.trainer.config", version_base=None):
        dead = dead_keys(job, compose("ppo_trainer", [f"model_engine={job.engine()}"]))
        if dead:
            hint = ". ".join(job.explain("dead", key) for key in dead)
            yield check("keys", FAIL, f"{len(dead)} of {len(job.overrides)} unknown to verl: {', '.join(dead)}", hint)
        else:
            yield check("keys", OK, f"{len(job.overrides)} overrides, all known to verl")
        idle = [override_key(text) for text in job.overrides if job.idle(override_key(text))]
        if idle:
            yield check("keys without effect", WARN, ", ".join(idle), ". ".join(job.explain("idle", key) for key in idle))
        if dead:
            return
        config = compose("ppo_trainer", job.overrides)
    yield check("configuration", OK, "composes under Hydra")
    yield from job_checks(job, config)


def job_checks(job: Job, config: Any) -> Iterator[dict[str, str]]:
    yield parallelism_check(config)
    yield engine_check(config.actor_rollout_ref.rollout.name)
    if config.actor_rollout_ref.actor.strategy == "megatron":
        good = has("megatron.core")
        yield check("Megatron", OK if good else FAIL, installed("megatron-core") or "not installed", "" if good else "Install megatron-core and mbridge.")
    yield guarded("GPU", lambda: gpu_check(config.trainer.n_gpus_per_node))
    yield model_check(str(config.actor_rollout_ref.model.path))
    for split, file in (("training data", config.data.train_files), ("validation data", config.data.val_files)):
        yield guarded(split, lambda split=split, file=file: data_check(split, str(file), config.data.train_batch_size))
    if config.reward.custom_reward_function.path is None:
        yield check("reward function", FAIL, "none", "Set reward.custom_reward_function.path: verl would score by its own rules.")
        return
    yield guarded("reward server", lambda: reward_check(config))


def parallelism_check(config: Any) -> dict[str, str]:
    gpus = config.trainer.nnodes * config.trainer.n_gpus_per_node
    actor = config.actor_rollout_ref.actor
    shards = 1
    if actor.strategy == "megatron":
        sizes = actor.megatron
        shards = sizes.tensor_model_parallel_size * sizes.pipeline_model_parallel_size * sizes.context_parallel_size
    rollout = config.actor_rollout_ref.rollout.tensor_model_parallel_size
    found = f"{gpus} GPUs, one copy of the policy on {shards}, of the rollout engine on {rollout}"
    if gpus % shards or gpus % rollout:
        return check("parallelism", FAIL, found, "The GPUs must be a multiple of both: change NNODES, GPUS_PER_NODE or the sizes.")
    sequences = config.data.train_batch_size * config.actor_rollout_ref.rollout.n
    if sequences % (gpus // shards):
        return check("parallelism", FAIL, found, f"{sequences} rollouts a step do not divide among {gpus // shards} copies.")
    return check("parallelism", OK, found)


def engine_check(name: str) -> dict[str, str]:
    found = installed(name)
    return check("rollout engine", OK if found else FAIL, f"{name} {found or 'not installed'}", "" if found else f"Install {name}.")


def model_check(path: str) -> dict[str, str]:
    if Path(path).joinpath("config.json").is_file():
        return check("model", OK, path)
    if Path(path).is_absolute():
        return check("model", FAIL, f"{path}: no config.json there", "Set MODEL to a model folder that every node sees.")
    return check("model", WARN, f"{path}, a hub id", "Every node will download it: set MODEL to a folder where nodes have no network.")


def data_check(split: str, file: str, prompts: int) -> dict[str, str]:
    """Columns, rows, and a task for every row; prompts are not read."""
    import pyarrow.parquet as parquet

    from golongrl.tasks import TaskKeyError, check_rows

    table = parquet.ParquetFile(file)
    missing = {"data_source", "prompt", "ability", "reward_model", "extra_info"} - set(table.schema_arrow.names)
    if missing:
        return check(split, FAIL, f"{file}: no column {', '.join(sorted(missing))}", "Export the dataset again.")
    rows = table.read(columns=["data_source", "extra_info.reward_mode"]).to_pylist()
    try:
        tasks = check_rows((row["data_source"], row["extra_info"]) for row in rows)
    except TaskKeyError as error:
        return check(split, FAIL, str(error), "Every row needs extra_info.reward_mode.")
    found = f"{len(rows)} rows: {', '.join(f'{task} {count}' for task, count in sorted(tasks.items()))}"
    if split == "training data" and len(rows) < prompts:
        return check(split, FAIL, found, f"A step takes {prompts} prompts.")
    return check(split, OK, found)


def reward_check(config: Any) -> dict[str, str]:
    """Scores an empty response to the first row, through the function that the job will call."""
    import asyncio
    import inspect

    import pyarrow.parquet as parquet
    from golongrl.client import RewardClient
    from golongrl.items import row_item
    from verl.trainer.ppo.reward import get_custom_reward_fn

    function = get_custom_reward_fn(config)
    if not (inspect.iscoroutinefunction(function) or callable(function)):
        return check("reward server", FAIL, f"the reward function is {function!r}", "Set reward.custom_reward_function.")
    settings = dict(config.reward.custom_reward_function.get("reward_kwargs", {}))
    row = next(parquet.ParquetFile(str(config.data.train_files)).iter_batches(batch_size=1)).to_pylist()[0]
    client = RewardClient(**{key: settings[key] for key in ("url", "profile") if key in settings}, timeout=20, patience=5)
    item = row_item(row["data_source"], "", row["reward_model"]["ground_truth"], row["extra_info"])
    try:
        (result,) = client.score([item])
    except Exception as error:
        return check("reward server", FAIL, str(error)[:300], "Start it where this machine reaches it: golongrl reward serve. Set GOLONGRL_REWARD_URL.")
    if asyncio.iscoroutinefunction(function) and result["status"] == "ok":
        return check("reward server", OK, f"{client.url} answers, profile {client.profile or 'its own'}")
    return check("reward server", OK if result["status"] == "ok" else FAIL, f"{client.url}: {result['status']}", str(result.get("reason", "")))


def trainer_check() -> dict[str, str]:
    try:
        importlib.import_module("verl.trainer.ppo.v1")
    except ModuleNotFoundError as error:
        return check("V1 trainer", FAIL, str(error), f"pip install {error.name}")
    return check("V1 trainer", OK, f"imports, TransferQueue {installed('TransferQueue')}")


def plugin_check(adv_estimator: str = "tmn_grpo") -> dict[str, str]:
    hint = "pip install --no-deps python/golongrl (in the exported folder)"
    if not has("golongrl"):
        return check("plugin", FAIL, "golongrl is not installed", hint)
    importlib.import_module("golongrl.verl.plugin")
    from verl.trainer.ppo.core_algos import ADV_ESTIMATOR_REGISTRY

    good = adv_estimator in ADV_ESTIMATOR_REGISTRY
    found = f"golongrl {installed('golongrl')}, {adv_estimator} {'registered' if good else 'not registered'}"
    return check("plugin", OK if good else FAIL, found, "" if good else hint)


VALUE_HEAD = "AutoModelForCausalLMWithValueHead"


def trl_check() -> dict[str, str]:
    """verl's actor patches a class of TRL's wherever TRL is installed, and stops where TRL no longer has it."""
    found = f"{installed('trl')}, beside verl {installed('verl')}"
    for module in ("trl.experimental.ppo", "trl"):
        with suppress(ImportError):
            if hasattr(importlib.import_module(module), VALUE_HEAD):
                return check("TRL", OK, found)
    suited = next((line.split(";")[0].strip() for line in requires("verl") or [] if line.startswith("trl==")), "an older trl")
    hint = f"verl's FSDP actor ends with ImportError. Keep TRL in another environment (pip uninstall trl: only critics need it), or install {suited}."
    return check("TRL", FAIL, f"{found}: no {VALUE_HEAD}", hint)


def verl_checks(export: str | None) -> Iterator[dict[str, str]]:
    yield python_check((3, 10))
    yield package_check("verl", "verl", "0.9", "pip install verl==0.9.1")
    if installed("verl") is None:
        return
    for package in ("torch", "transformers", "ray"):
        yield package_check(package, package, "", f"pip install {package}")
    if installed("trl"):
        yield guarded("TRL", trl_check)
    yield guarded("V1 trainer", trainer_check)
    yield guarded("plugin", plugin_check)
    if export is None:
        yield check("export", WARN, "none given", "Add --export DIR to check the job's keys, data and rewards too.")
        return
    try:
        yield from key_checks(Job(export))
    except Exception as error:
        yield failed("export", error)


# --- SkyRL and Tinker


def on_cpu(gpu: dict[str, str]) -> dict[str, str]:
    """The JAX backend also runs without a GPU."""
    hint = "The JAX backend runs on the CPU too, for tiny models."
    return {**gpu, "status": WARN, "hint": hint} if gpu["status"] == FAIL else gpu


def skyrl_checks(_: str | None) -> Iterator[dict[str, str]]:
    yield python_check((3, 12))
    yield package_check("skyrl", "skyrl", "", "pip install skyrl (0.4 needs Python 3.12)")
    yield package_check("tinker", "tinker", "", "pip install 'skyrl[tinker]': the server speaks the SDK's messages")
    jax, torch = installed("jax"), installed("torch")
    found = f"jax {jax or 'no'}, torch {torch or 'no'}"
    yield check("backend", OK if jax or torch else FAIL, found, "" if jax or torch else "pip install 'skyrl[jax]' or 'skyrl[fsdp]'")
    if torch:
        yield guarded("GPU", lambda: on_cpu(gpu_check(1)) if jax else gpu_check(1))
    yield guarded("server", lambda: check("server", OK if has("skyrl.tinker.api") else FAIL, "skyrl.tinker.api", ""))


def tinker_checks(_: str | None) -> Iterator[dict[str, str]]:
    yield python_check((3, 11))
    yield package_check("tinker", "tinker", "", "pip install tinker (only for Python clients; golongrl needs no Python)")


# --- all


def failed(name: str, error: Exception) -> dict[str, str]:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return check(name, FAIL, f"{type(error).__name__}: {str(error)[:400]}", f"at {Path(last.filename).name}:{last.lineno}")


def guarded(name: str, ask: Callable[[], dict[str, str]]) -> dict[str, str]:
    try:
        return ask()
    except Exception as error:
        return failed(name, error)


TARGETS = {"verl": verl_checks, "skyrl": skyrl_checks, "tinker": tinker_checks}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=TARGETS, required=True)
    parser.add_argument("--export")
    flags = parser.parse_args()
    # Trainers print while they are imported.
    with redirect_stdout(sys.stderr):
        checks = list(TARGETS[flags.target](flags.export))
    print(json.dumps({"checks": checks}))


if __name__ == "__main__":
    main()
