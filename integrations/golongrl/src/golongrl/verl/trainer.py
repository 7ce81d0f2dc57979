"""verl's V1 trainers with the task of each group in its uid.

verl hands an estimator only rewards, mask and uid. `_fetch_one_gen_batch` is where a prompt gets its uid, with the dataset row at
hand; the uid then travels unchanged through TransferQueue, the agent loop and the replay buffer to the estimator.
"""

import math
from collections import Counter
from typing import Any

import torch
import transfer_queue as tq
from tensordict import TensorDict
from transfer_queue import KVBatchMeta
from verl.trainer.ppo.v1.trainer_base import TRAINER_REGISTRY, PPOTrainer
from verl.utils import tensordict_utils as tu
from verl.workers.utils.padding import response_to_nested

from golongrl.metrics import answer_metrics, task_metrics
from golongrl.tasks import check_rows, task_key
from golongrl.verl.uids import is_padding, task_of, uid_with_task


def plain(value: Any) -> Any:
    """A value out of tensordict's wrapping."""
    return getattr(value, "data", value)


class TaskTrainer(PPOTrainer):
    """To be mixed in before a trainer of verl."""

    def _init_dataloader(self) -> None:
        super()._init_dataloader()
        rows = self.train_dataset.dataframe
        counts = check_rows(zip(rows["data_source"], rows["extra_info"], strict=True))
        print(f"golongrl: training rows by task: {counts}")

    def _fetch_one_gen_batch(self) -> TensorDict:
        batch = super()._fetch_one_gen_batch()
        sources, extras = list(batch["data_source"]), list(batch["extra_info"])
        tasks = [task_key(plain(source), plain(extra)) for source, extra in zip(sources, extras, strict=True)]
        uids = [uid_with_task(task, plain(uid)) for task, uid in zip(tasks, batch["uid"], strict=True)]
        tu.assign_non_tensor_stack(batch, "uid", uids)
        self._drawn().update(tasks)
        return batch

    def _drawn(self) -> Counter[str]:
        """Prompts of each task since the last step, those of dropped groups included."""
        return self.__dict__.setdefault("_golongrl_drawn", Counter())

    def _compute_advantage(self, batch: KVBatchMeta, metrics: dict) -> KVBatchMeta:
        batch = super()._compute_advantage(batch, metrics)
        fields = ["uid", "rm_scores", "response_mask", "advantages"]
        data = tq.kv_batch_get(keys=batch.keys, partition_id=batch.partition_id, select_fields=fields)
        uids = [plain(uid) for uid in data["uid"]]
        rewards, mask, advantages = (data[name].to_padded_tensor(0) for name in fields[1:])
        length = mask.sum(-1)
        size = (advantages * mask).abs().sum(-1) / length.clamp(min=1)
        real = [row for row, uid in enumerate(uids) if not is_padding(uid)]
        prompts = [uids[row] for row in real]
        tasks = [task_of(uid) for uid in prompts]
        scores, sizes, lengths = (values[real].tolist() for values in (rewards.sum(-1), size, length))
        metrics.update(task_metrics(scores, prompts, tasks, sizes, lengths))
        infos = self._reward_infos(batch)
        metrics.update(answer_metrics(tasks, [infos[row] for row in real]))
        metrics.update({f"task/{task}/prompts_drawn": float(count) for task, count in self._drawn().items()})
        self._drawn().clear()
        return self._veto(batch, metrics)

    def _reward_infos(self, batch: KVBatchMeta) -> list[dict[str, Any]]:
        """What the reward function said of each rollout beside its score."""
        data = tq.kv_batch_get(keys=batch.keys, partition_id=batch.partition_id, select_fields=["extra_fields"])
        fields = [plain(value) for value in data["extra_fields"]]
        return [value.get("reward_extra_info") or {} if isinstance(value, dict) else {} for value in fields]

    def _veto(self, batch: KVBatchMeta, metrics: dict) -> KVBatchMeta:
        """The paper's veto: a rollout with a token whose probability fell below `rollout_veto_threshold` of its sampler's gets no gradient.

        verl dropped the option; its nearest one also shortens the response mask, and with it the token mean's denominator.
        The advantage of such a rollout is set to 0, which zeroes its policy loss and leaves the denominator alone.
        """
        threshold = self.config.algorithm.get("rollout_veto_threshold", None)
        if not threshold:
            return batch
        fields = ["rollout_log_probs", "old_log_probs", "response_mask", "advantages"]
        data = tq.kv_batch_get(keys=batch.keys, partition_id=batch.partition_id, select_fields=fields)
        rollout, old, mask, advantages = (data[name].to_padded_tensor(0) for name in fields)
        lowest = (old - rollout).masked_fill(mask == 0, torch.inf).amin(-1)
        vetoed = lowest < math.log(threshold)
        metrics["golongrl/vetoed_rollouts"] = vetoed.float().mean().item()
        if not vetoed.any():
            return batch
        kept = response_to_nested(advantages.masked_fill(vetoed.unsqueeze(-1), 0), data["response_mask"])
        output = TensorDict({"advantages": kept}, batch_size=len(batch))
        return tq.kv_batch_put(keys=batch.keys, partition_id=batch.partition_id, fields=output)


def install() -> None:
    """Puts the task into every trainer that verl has registered, once. `register_trainer` refuses a name that is taken."""
    for mode, trainer in list(TRAINER_REGISTRY.items()):
        if not issubclass(trainer, TaskTrainer):
            TRAINER_REGISTRY[mode] = type(f"Task{trainer.__name__}", (TaskTrainer, trainer), {})


__all__ = ["TaskTrainer", "install"]
