"""The adapter against NeMo-RL's own source, which no registry serves and which needs Python 3.12 and much else: its calls, by name.

Usage: nemo_rl_estimator.py SOURCE GOLDEN EXPECTED.
"""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import torch
from golden import even_batches
from page import lines_for
from same import demand_same, read_rows
from source_code import function_of, keywords_of

from golongrl import estimate
from golongrl import nemo_rl as adapter

def main(source: Path, golden: str, expected_file: str) -> None:
    grpo = source / "nemo_rl/algorithms/grpo.py"
    for keywords in keywords_of(grpo, "compute_advantage"):
        if not {"prompt_ids", "rewards", "mask", "repeated_batch"} <= keywords:
            raise SystemExit(f"grpo.py calls compute_advantage with {sorted(keywords)}")
    own = function_of(grpo, "_create_advantage_estimator")
    sys.modules["nemo_rl"] = ModuleType("nemo_rl")
    sys.modules["nemo_rl.algorithms"] = algorithms = ModuleType("nemo_rl.algorithms")
    algorithms.grpo = SimpleNamespace(_create_advantage_estimator=own)
    page = lines_for("NeMo-Gym and NeMo-RL", "python")
    if f"grpo.adv_estimator.name: {adapter.NAME}\n" not in page:
        raise SystemExit("the page names another estimator")
    exec(page, {})
    for batch in even_batches(golden, 6):
        config = SimpleNamespace(name=adapter.NAME, alpha=batch["alpha"], gamma=batch["gamma"])
        master = SimpleNamespace(grpo=SimpleNamespace(adv_estimator=config), loss_fn=SimpleNamespace())
        estimator = algorithms.grpo._create_advantage_estimator(master)
        prompts = torch.tensor([[7, 1 + place // batch["size"]] for place in range(len(batch["rewards"]))])
        rows = {"extra_env_info": [{"reward": {"metric": task}} for task in batch["tasks"]]}
        rewards = torch.tensor(batch["rewards"], dtype=torch.float64)
        got = estimator.compute_advantage(prompt_ids=prompts, rewards=rewards, mask=torch.ones(len(rewards), 3), repeated_batch=rows)
        exact = estimate("tmn-reweight", batch["rewards"], batch["prompt_ids"], batch["tasks"], batch["alpha"], batch["gamma"])
        demand_same(f"golden batch of {len(rewards)} rollouts", got[:, -1].tolist(), exact.advantages, "the estimator", 1e-5)
        demand_same(f"golden batch of {len(rewards)} rollouts", got[:, 0].tolist(), batch["tmn_reweight"], "the golden advantages", 1e-5)
    rows = read_rows(expected_file)
    logs = [[{"role": "user", "content": "q"}, {"role": "assistant", "content": row["response"]}] for row in rows]
    demand_same("rewards of the environment", adapter.score_logs(logs, rows).tolist(), [row["score"] for row in rows])


main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
