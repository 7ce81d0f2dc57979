"""TaskTrainSink against prime-rl's own source, which no registry serves: real episodes of verifiers through the sink's own path.

Each golden batch arrives as finished groups, is scored by prime-rl's GRPO first, and comes out as a TrainBatch.
Usage: prime_rl_sink.py SOURCE GOLDEN.
"""

import asyncio
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from golden import even_batches
from same import demand_same

from golongrl import estimate


def main(source: Path, golden: str) -> None:
    sys.path[:0] = [str(source / "src"), str(source / "packages/prime-rl-configs/src")]
    import verifiers.v1 as vf
    from prime_rl.configs.algorithm import GRPOAlgoConfig
    from prime_rl.orchestrator.algo.grpo import GRPOAlgorithm
    from prime_rl.orchestrator.train_sink import TrainSink

    from golongrl.prime_rl import TaskTrainSink
    from golongrl.verifiers import SampleData, SampleTask

    # The source may be some weeks older than the verifiers that the registries serve.
    if not hasattr(vf.Branch, "multi_modal_data"):
        vf.Branch.multi_modal_data = None
    if not issubclass(TaskTrainSink, TrainSink):
        raise SystemExit("the sink is not prime-rl's")

    def episode(reward: float, task: str, prompt: str) -> Any:
        """One rollout of two sampled tokens after a prompt of one, of the group of its prompt."""
        data = SampleData(id=prompt, task="T1", metric=task, row={"reward": {"metric": task}}, prompt=prompt, idx=0)
        user = vf.MessageNode(message=vf.UserMessage(content="q"), token_ids=[1], mask=[False], logprobs=[0.0], sampled=False, parent=None)
        sampled = {"token_ids": [2, 3], "mask": [True, True], "logprobs": [-1.0, -1.0], "sampled": True, "parent": 0}
        reply = vf.MessageNode(message=vf.AssistantMessage(content="a"), **sampled)
        trace = vf.Trace[SampleData](
            task=vf.TraceTask(type=SampleTask.__name__, data=data),
            agent=vf.AgentInfo(config=vf.AgentConfig()),
            nodes=[user, reply],
            calls=[vf.ModelCall(node=1, usage=vf.Usage(prompt_tokens=1, completion_tokens=2))],
            rewards={"verdict": vf.Reward(score=reward)},
            ok=True,
        )
        work = vf.TrainWorkInfo(step=1)
        run = vf.TrainRunInfo(id="run", work=work)
        return vf.Episode(env=vf.EnvInfo(id="e", name="e"), task=trace.task, group=vf.GroupInfo(id=prompt), run=run, traces=[trace])

    async def shipped(batch: dict[str, Any]) -> list[float]:
        algorithm = GRPOAlgorithm(GRPOAlgoConfig(), policy_pool=None)
        env = SimpleNamespace(algorithm=algorithm, config=SimpleNamespace(group_size=batch["size"]), sampling_args={"temperature": 1.0})
        config = SimpleNamespace(max_off_policy_steps=8, train=SimpleNamespace(filter_zero_advantages=False))
        sink = TaskTrainSink(
            config,
            tokenizer=None,
            train_envs=SimpleNamespace(get=lambda _: env),
            mm_token_type_ids_mapping=None,
            progress=SimpleNamespace(step=1),
            batch_size=len(batch["rewards"]),
            token_batch_size=None,
        )
        made = None
        for rollout in zip(batch["rewards"], batch["tasks"], batch["prompt_ids"], strict=True):
            made = await sink.add(episode(*rollout)) or made
        if made is None or len(made.samples) != len(batch["rewards"]):
            raise SystemExit("the sink cut no batch")
        return [sample.advantages[-1] for sample in made.samples]

    for batch in even_batches(golden, 4):
        os.environ["GOLONGRL_ALPHA"], os.environ["GOLONGRL_GAMMA"] = str(batch["alpha"]), str(batch["gamma"])
        got = asyncio.run(shipped(batch))
        exact = estimate("tmn-reweight", batch["rewards"], batch["prompt_ids"], batch["tasks"], batch["alpha"], batch["gamma"])
        demand_same(f"golden batch of {len(got)} rollouts through the sink", got, exact.advantages, "the estimator", 1e-6)
        demand_same(f"golden batch of {len(got)} rollouts", got, batch["tmn_reweight"], "the golden advantages", 1e-5)


main(Path(sys.argv[1]), sys.argv[2])
