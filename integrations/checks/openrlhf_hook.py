"""The hook of docs/trainers.md under Ray: each worker that Ray starts has our experience maker in the place of OpenRLHF's.

Packages that need a GPU are stood in for in the workers too, by a `sitecustomize` on their path. Usage: openrlhf_hook.py WORK.
"""

import json
import os
import sys
from pathlib import Path

import ray
from page import command_for, demand_known, flags_of
from ray_start import start_ray


def main(work: Path) -> None:
    command = command_for("OpenRLHF", "submit")
    cut = command.index("--")
    hook = json.loads("".join(command[command.index("--runtime-env-json") + 1 : cut]).strip("'"))
    (work / "sitecustomize.py").write_text('from stand_ins import stand_in\nstand_in("deepspeed", "flash_attn", "ring_flash_attn", "vllm")\n')
    paths = [str(work), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    start_ray(num_cpus=1, runtime_env={**hook, "env_vars": {"PYTHONPATH": os.pathsep.join(paths)}})

    @ray.remote
    def maker() -> str:
        from openrlhf.trainer import ppo_trainer

        return ppo_trainer.RemoteExperienceMaker.__module__

    found = ray.get(maker.remote())
    ray.shutdown()
    if found != "golongrl.openrlhf.advantages":
        raise SystemExit(f"Ray's worker has the experience maker of {found}")
    print(f"  {hook} under Ray {ray.__version__}: its worker has the experience maker of {found}")
    spec = next(Path(folder) / "openrlhf/cli/train_ppo_ray.py" for folder in sys.path if (Path(folder) / "openrlhf").is_dir())
    demand_known(flags_of(command[cut + 1 :]), spec.read_text(), "openrlhf.cli.train_ppo_ray")


main(Path(sys.argv[1]))
