"""One step of verl's own V1 trainer on the CPU, with real TransferQueue, agent loop, reward loop and replay buffer.

Two things stand in where a GPU would be: the rollout engine (`Responder` answers, partly right) and the actor's workers
(`Actor` gives log-probabilities and takes the update). Everything between them is verl's code and ours: the dataset row, its
uid, the rollouts, their rewards, dynamic sampling, the rollout correction, the estimator, the metrics.
Usage: verl_v1.py EXPORT OUT.jsonl. Writes the batch and what the actor got, for comparison with `golongrl advantage`.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import ray
import torch
import transfer_queue as tq
from ray_start import start_ray
from tensordict import TensorDict
from tiny import byte_tokenizer
from verl.experimental.reward_loop import RewardLoopManager
from verl.trainer.ppo.v1 import AgentLoopManagerTQ, get_trainer_cls
from verl.workers.rollout.replica import TokenOutput
from verl_compose import launch_config
from verl_rows import gold_response, model_folder, read_export

from golongrl.tasks import task_key
from golongrl.verl.trainer import TaskTrainer, install, plain
from golongrl.verl.uids import is_padding, task_of

PROMPTS = 12
GROUP = 4
# Log-probability of each token under the sampler, and how far the trainer's is from it.
LOGPROB = -0.5
DRIFT = 0.1


class Responder:
    """The rollout engine's client: of the group of prompt i, i % 5 rollouts are right; so some groups are all the same."""

    def __init__(self, export: str) -> None:
        self.export = export
        self.asked: dict[int, int] = {}
        self.rows: list[dict[str, Any]] = []

    async def generate(self, request_id: str, *, prompt_ids: list[int], **_: Any) -> TokenOutput:
        tokenizer = byte_tokenizer()
        if not self.rows:
            self.rows = read_export(self.export, "train")
        prompt = tokenizer.decode(prompt_ids, skip_special_tokens=True)
        row = next(row for row in self.rows if row["prompt"][0]["content"] in prompt)
        number = row["extra_info"]["index"]
        turn = self.asked.get(number, 0)
        self.asked[number] = turn + 1
        text = gold_response(row) if turn % GROUP < number % (GROUP + 1) else "<think>\n</think>\n[Answer]\nno idea"
        ids = [*tokenizer.encode(text, add_special_tokens=False), tokenizer.eos_token_id]
        steps = {"min_global_steps": 0, "max_global_steps": 0}
        return TokenOutput(token_ids=ids, log_probs=[LOGPROB] * len(ids), stop_reason="completed", extra_fields=steps)


class Actor:
    """The actor's workers. The first rollout of a batch has a token that the trainer finds nearly impossible."""

    _dispatch_info = {"actor": [0, 1]}

    def __init__(self) -> None:
        self.updated: dict[str, torch.Tensor] = {}
        self.impossible = ""

    def compute_log_prob(self, batch: Any) -> Any:
        data = tq.kv_batch_get(keys=batch.keys, partition_id=batch.partition_id, select_fields=["input_ids"])
        logprobs = [torch.full((len(ids),), LOGPROB - DRIFT) for ids in data["input_ids"].unbind()]
        real = next(i for i, key in enumerate(batch.keys) if not is_padding(key.split("_")[0]))
        self.impossible = batch.keys[real]
        logprobs[real][-2] = -30.0
        fields = {
            "log_probs": torch.nested.as_nested_tensor(logprobs, layout=torch.jagged),
            "entropy": torch.nested.as_nested_tensor([torch.ones(len(row)) for row in logprobs], layout=torch.jagged),
        }
        return tq.kv_batch_put(
            keys=batch.keys, partition_id=batch.partition_id, fields=TensorDict(fields, batch_size=len(batch))
        )

    def update_actor(self, batch: Any) -> dict[str, Any]:
        fields = ["uid", "advantages", "rm_scores", "response_mask", "rollout_is_weights"]
        data = tq.kv_batch_get(keys=batch.keys, partition_id=batch.partition_id, select_fields=fields)
        self.updated = {name: data[name] for name in fields}
        self.keys = list(batch.keys)
        return {"metrics": {"mfu": [0.0], "grad_norm": [1.0]}}


class Replicas:
    """The rollout engine's replicas: nothing to put to sleep."""

    def sleep_replicas(self) -> None:
        pass

    def update_weights(self, *_: Any) -> None:
        pass


def settings(model: str) -> list[str]:
    """The exported job, made small."""
    return [
        f"actor_rollout_ref.model.path='{model}'",
        "trainer.nnodes=1",
        "trainer.n_gpus_per_node=2",
        "trainer.logger=['console']",
        f"data.train_batch_size={PROMPTS}",
        f"actor_rollout_ref.actor.ppo_mini_batch_size={PROMPTS}",
        f"actor_rollout_ref.rollout.n={GROUP}",
        "actor_rollout_ref.rollout.agent.num_workers=1",
        "reward.num_workers=1",
        "data.dataloader_num_workers=0",
        "data.filter_overlong_prompts_workers=1",
        "data.seed=3",
        "transfer_queue.backend.SimpleStorage.num_data_storage_units=1",
        "transfer_queue.enable=True",
    ]


def make_trainer(export: str, config: Any) -> tuple[Any, Actor]:
    install()
    cls = get_trainer_cls(config.trainer.v1.trainer_mode)
    assert issubclass(cls, TaskTrainer), cls
    trainer = cls(config)
    trainer._init_tokenizer()
    trainer._init_dataloader()
    trainer._init_resource_pool_mgr()
    trainer.global_steps = 1
    trainer.reward_loop_manager = RewardLoopManager(config=config)
    trainer.checkpoint_manager = Replicas()
    trainer.curr_step_profile = False
    trainer.actor_rollout_wg = actor = Actor()
    trainer.agent_loop_manager = AgentLoopManagerTQ.create(
        config=config, llm_client=Responder(export), reward_loop_worker_handles=trainer.get_reward_handles()
    )
    return trainer, actor


def check_step(trainer: Any, actor: Actor, metrics: dict[str, Any], out: Path, rows: list[dict[str, Any]]) -> None:
    uids = [plain(uid) for uid in actor.updated["uid"]]
    real = [i for i, uid in enumerate(uids) if not is_padding(uid)]
    groups = {uids[i] for i in real}
    if len(groups) != PROMPTS or len(real) != PROMPTS * GROUP:
        raise SystemExit(f"the step has {len(groups)} groups and {len(real)} rollouts")
    known = {task_key(row["data_source"], row["extra_info"]) for row in rows}
    tasks = [task_of(uids[i]) for i in real]
    if not set(tasks) <= known:
        raise SystemExit(f"tasks {set(tasks)}, expected some of {known}")
    rewards = [actor.updated["rm_scores"][i].sum().item() for i in real]
    if any(len({round(r, 6) for i, r in zip(real, rewards, strict=True) if uids[i] == uid}) < 2 for uid in groups):
        raise SystemExit("a group without variance was trained on")
    advantages = [actor.updated["advantages"][i] for i in real]
    vetoed = [place for place, i in enumerate(real) if actor.keys[i] == actor.impossible]
    if len(vetoed) != 1 or advantages[vetoed[0]].abs().max() != 0:
        raise SystemExit("the rollout with an impossible token has a gradient")
    if actor.updated["response_mask"][real[vetoed[0]]].sum() == 0:
        raise SystemExit("the veto changed the response mask")
    print(f"  {len(real)} rollouts of {len(groups)} groups in {len(set(tasks))} tasks reached the actor through the uid")
    drawn = sum(int(value) for key, value in metrics.items() if key.endswith("/prompts_drawn"))
    evicted = int(metrics.get("training/filter_groups/evicted_samples", 0))
    print(f"  dynamic sampling: {drawn} prompts drawn, {evicted} groups without variance dropped and replaced")
    if evicted == 0:
        raise SystemExit("no group was dropped: the check has no such group")
    for task in set(tasks):
        own = [reward for reward, name in zip(rewards, tasks, strict=True) if name == task]
        if abs(metrics[f"task/{task}/reward/mean"] - sum(own) / len(own)) > 1e-5:
            raise SystemExit(f"task/{task}/reward/mean is not the mean reward of its rollouts")
    print(f"  veto: 1 rollout without gradient, its mask kept; metrics of {len(set(tasks))} tasks right")
    row = {"rewards": rewards, "prompts": [uids[i] for i in real], "tasks": tasks, "vetoed": vetoed}
    out.write_text(json.dumps({**row, "advantages": [values[0].item() for values in advantages]}) + "\n")


def main(export: str, out: Path) -> None:
    names = ("GOLONGRL_REWARD_URL", "HF_HUB_OFFLINE", "TOKENIZERS_PARALLELISM", "VERL_USE_EXTERNAL_MODULES", "PYTHONPATH")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    here = str(Path(__file__).parent)
    environment["PYTHONPATH"] = os.pathsep.join([here, environment.get("PYTHONPATH", "")])
    start_ray(num_cpus=8, runtime_env={"env_vars": environment})
    with tempfile.TemporaryDirectory() as folder:
        config = launch_config(export, *settings(model_folder(Path(folder))))
        tq.init(config.transfer_queue)
        try:
            trainer, actor = make_trainer(export, config)
            metrics: dict[str, Any] = {}
            batch = trainer.step(metrics, {})
            trainer._compute_metrics(batch, metrics, {"step": 1.0, "gen": 1.0}, global_steps=1, epoch=0)
            check_step(trainer, actor, metrics, out, read_export(export, "train"))
        finally:
            tq.close()
            ray.shutdown()


main(sys.argv[1], Path(sys.argv[2]))
