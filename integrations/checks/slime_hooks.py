"""The hooks against slime's own source, which no registry serves: its `Sample`, its dynamic filter's type and the method that calls them.

`_post_process_rewards` is taken out of its class by name, because the module around it needs SGLang.
Usage: slime_hooks.py SOURCE GOLDEN EXPECTED.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

from golden import even_batches
from page import demand_known, flags_of, lines_for
from same import demand_same, read_rows
from source_code import function_of

from golongrl import estimate
from golongrl import slime as hooks


def check_page(source: Path) -> None:
    """The flags of docs/trainers.md: slime knows them, and finds what they name."""
    from slime.utils.misc import load_function

    flags = flags_of(lines_for("slime", "text").split())
    demand_known(flags, (source / "slime/utils/arguments.py").read_text(), "slime")
    named = {name: load_function(value) for name, value in flags.items() if name.endswith("-path")}
    if list(named.values()) != [hooks.reward, hooks.post_process_rewards, hooks.keep_group]:
        raise SystemExit(f"slime finds {named}")


def main(source: Path, golden: str, expected_file: str) -> None:
    sys.path.insert(0, str(source))
    from slime.utils.types import Sample

    check_page(source)

    post_process = function_of(source / "slime/ray/rollout.py", "_post_process_rewards")
    for batch in even_batches(golden, 6):
        os.environ["GOLONGRL_ALPHA"], os.environ["GOLONGRL_GAMMA"] = str(batch["alpha"]), str(batch["gamma"])
        args = SimpleNamespace(reward_key=None, n_samples_per_prompt=batch["size"])
        samples = [
            Sample(group_index=place // batch["size"], index=place, reward=reward, label=json.dumps({"metric": task}))
            for place, (reward, task) in enumerate(zip(batch["rewards"], batch["tasks"], strict=True))
        ]
        manager = SimpleNamespace(args=args, custom_reward_post_process_func=hooks.post_process_rewards)
        raw, got = post_process(manager, samples)
        exact = estimate("tmn-reweight", batch["rewards"], batch["prompt_ids"], batch["tasks"], batch["alpha"], batch["gamma"])
        demand_same(f"golden batch of {len(raw)} rollouts through _post_process_rewards", got, exact.advantages, "the estimator", 1e-9)
        demand_same(f"golden batch of {len(raw)} rollouts", got, batch["tmn_reweight"], "the golden advantages", 1e-5)
        kept = [hooks.keep_group(args, samples[start : start + batch["size"]]).keep for start in range(0, len(samples), batch["size"])]
        spread = [len(set(batch["rewards"][start : start + batch["size"]])) > 1 for start in range(0, len(samples), batch["size"])]
        if kept != spread:
            raise SystemExit(f"the dynamic filter keeps {kept}, expected {spread}")
    rows = read_rows(expected_file)
    samples = [Sample(index=place, response=row["response"], label=row["reward"]) for place, row in enumerate(rows)]
    demand_same("rewards of a group", asyncio.run(hooks.rewards(None, samples)), [row["score"] for row in rows])


main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
