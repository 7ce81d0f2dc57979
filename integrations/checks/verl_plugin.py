"""Is `tmn_grpo` registered after `import verl`, and after nothing else? Usage: verl_plugin.py yes|no."""

import sys

import verl  # noqa: F401
from verl.trainer.ppo.core_algos import ADV_ESTIMATOR_REGISTRY

registered = "tmn_grpo" in ADV_ESTIMATOR_REGISTRY
if registered != (sys.argv[1] == "yes"):
    raise SystemExit(f"tmn_grpo registered: {registered}, expected {sys.argv[1]}")
