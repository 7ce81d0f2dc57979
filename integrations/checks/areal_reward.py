"""The reward function under AReaL's own AsyncRewardWrapper: its pool of processes, its time-outs. Usage: areal_reward.py EXPECTED."""

import ast
import asyncio
import re
import sys
from importlib.util import find_spec
from pathlib import Path

from page import PAGE
from same import demand_same, read_rows
from stand_ins import stand_in

STOOD_IN = stand_in("flask", "lark", "uvloop", "numba", "einops", "sglang", "pynvml", "torchao", "mbridge", "megatron", "swanlab", "trackio")

from areal.api.reward_api import AsyncRewardWrapper  # noqa: E402
from areal.utils.dynamic_import import import_from_string  # noqa: E402

from golongrl.areal import reward_fn  # noqa: E402


def keywords_of_the_workflow() -> int:
    """How many positional arguments AReaL's workflow gives the reward function."""
    spec = find_spec("areal")
    assert spec is not None and spec.submodule_search_locations
    tree = ast.parse((Path(spec.submodule_search_locations[0]) / "workflow/rlvr.py").read_text())
    call = next(node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "async_reward_fn")
    return len(call.args)


async def score(expected_file: str) -> None:
    wrapper = AsyncRewardWrapper(reward_fn, timeout_seconds=120, max_workers=2)
    rows = read_rows(expected_file)
    results = await asyncio.gather(*(wrapper("prompt", row["response"], [1], [2], reward=row["reward"]) for row in rows))
    demand_same("rewards through AsyncRewardWrapper", results, [row["score"] for row in rows])


if __name__ == "__main__":
    print(f"  not installed and stood in for: {', '.join(STOOD_IN)}")
    if keywords_of_the_workflow() != 4:
        raise SystemExit("AReaL's workflow calls reward functions in another way")
    named = re.search(r'reward_fn="([^"]+)"', PAGE.read_text())
    if named is None or import_from_string(named[1]) is not reward_fn:
        raise SystemExit("AReaL does not find what the page names")
    asyncio.run(score(sys.argv[1]))
