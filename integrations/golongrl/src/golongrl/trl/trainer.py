"""TRL's GRPOTrainer with the estimators of GoLongRL, dynamic sampling and metrics by task.

    trainer = TaskGRPOTrainer(model, reward_funcs=reward_func, train_dataset=dataset, args=args, dynamic_sampling=True)

Everything else is TRL's. The advantages of a generation batch are computed over all processes, since TMN scales by task over
the whole batch. A completion that no reward function can score is left out of its group and gets advantage 0, as in TRL.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from accelerate.utils import gather_object
from trl import GRPOTrainer

from golongrl.advantages import ESTIMATORS, EstimatorName, estimate
from golongrl.metrics import task_metrics
from golongrl.tasks import row_task
from golongrl.trl.batches import Batch
from golongrl.trl.shared import shared_scores
from golongrl.trl.dynamic_sampling import Rollouts, count_useful, fill

Row = dict[str, Any]


class TaskGRPOTrainer(GRPOTrainer):
    """`estimator`, `alpha` and `gamma` are those of `golongrl.estimate`; `task_of` gives a dataset row's task key.

    With `dynamic_sampling`, groups whose rewards are all the same are replaced: up to `most_rounds` generation batches are
    drawn until one is full of groups with spread; what is missing after that is filled with groups that were dropped, whose
    advantages are 0. Each process must hold whole groups for it.

    With `shared_prompts`, rollouts of a micro-batch that have the same prompt share its forward and backward pass
    (`golongrl.shared_prompt`): keep groups together with `steps_per_generation=1`.
    """

    def __init__(
        self,
        *arguments: Any,
        estimator: EstimatorName = "tmn-reweight",
        alpha: float = 0.8,
        gamma: float = 1.0,
        dynamic_sampling: bool = False,
        most_rounds: int = 8,
        shared_prompts: bool = False,
        task_of: Callable[[Mapping[str, Any]], str] = row_task,
        **settings: Any,
    ) -> None:
        if estimator not in ESTIMATORS:
            raise ValueError(f"estimator: got {estimator!r}, expected {' | '.join(ESTIMATORS)}")
        super().__init__(*arguments, **settings)
        if self.multi_objective_aggregation != "sum_then_normalize":
            raise ValueError("multi_objective_aggregation: the estimators read one reward, so it must be 'sum_then_normalize'")
        self._estimate = {"alpha": alpha, "gamma": gamma}
        self._estimator: EstimatorName = estimator
        self._task_of = task_of
        self._dynamic_sampling = dynamic_sampling
        self._most_rounds = most_rounds
        self._shared_prompts = shared_prompts
        self._rewards = torch.empty(0)
        self._tasks: list[str] = []
        self._more: Iterator[list[Row]] | None = None
        if shared_prompts:
            self._share_prompts()
        if dynamic_sampling and (self.args.per_device_train_batch_size * self.args.steps_per_generation) % self.num_generations:
            raise ValueError(
                "dynamic_sampling: per_device_train_batch_size * steps_per_generation must be a multiple of num_generations, "
                "so that each process holds whole groups"
            )

    def _get_per_token_logps_and_entropies(
        self, model: Any, input_ids: torch.Tensor, attention_mask: torch.Tensor, logits_to_keep: int, *arguments: Any, **settings: Any
    ) -> tuple[torch.Tensor, torch.Tensor | None, torch.Tensor | None]:
        """TRL's [D, T] log-probabilities and entropies; with shared prompts each prompt of the batch is computed once."""
        if not self._shared_prompts or self.accelerator.unwrap_model(model) is not self.accelerator.unwrap_model(self.model):
            return super()._get_per_token_logps_and_entropies(model, input_ids, attention_mask, logits_to_keep, *arguments, **settings)
        unwrapped = self.accelerator.unwrap_model(model)
        with self.accelerator.autocast():
            logps, entropies = shared_scores(unwrapped, input_ids, attention_mask, logits_to_keep, self.temperature)
        return logps, entropies if settings.get("compute_entropy") else None, None

    def _calculate_rewards(self, inputs: Any, prompts: Any, completions: Any, completion_ids_list: Any) -> torch.Tensor:
        """TRL's rewards of all processes [D, functions]; remembers their sum and the tasks of the rows here."""
        found = super()._calculate_rewards(inputs, prompts, completions, completion_ids_list)
        summed = (found * self.reward_weights.to(found.device).unsqueeze(0)).nansum(dim=1)
        summed[torch.isnan(found).all(dim=1)] = torch.nan
        here = slice(self.accelerator.process_index * len(prompts), (self.accelerator.process_index + 1) * len(prompts))
        self._rewards = summed[here]
        self._tasks = [self._task_of(row) for row in inputs]
        return found

    def _share_prompts(self) -> None:
        """The policy's attention takes packed rows from now on. What cannot be packed is refused here, not in the first step."""
        if self.accelerator.num_processes > 1 or self.aux_loss_enabled or self.args.use_liger_kernel:
            raise ValueError("shared_prompts: for one process, without a router's auxiliary loss and without Liger's kernels")
        from golongrl.shared_prompt import enable

        enable(self.accelerator.unwrap_model(self.model))

    def _generate_and_score_completions(self, inputs: list[Row]) -> Batch:
        training = self.model.training
        size = self.num_generations if training else self.num_generations_eval
        rollouts = self._sampled(inputs)
        if training and self._dynamic_sampling:
            rollouts = self._filled(rollouts, size)
        advantages = self._advantages(rollouts, size, "train" if training else "eval")
        return {**rollouts.batch, "advantages": advantages}

    def _sampled(self, inputs: list[Row]) -> Rollouts:
        batch = super()._generate_and_score_completions(inputs)
        return Rollouts(batch, self._rewards.tolist(), self._tasks)

    def _filled(self, first: Rollouts, size: int) -> Rollouts:
        """As many groups as the batch has, of those with spread as far as the rounds bring them."""
        if "pixel_values" in first.batch:
            raise ValueError("dynamic_sampling: batches with images cannot be joined")
        groups = len(first.rewards) // size
        parts, useful = [first], count_useful(first, size)
        # All processes generate together, so they draw again as long as one of them lacks groups.
        while len(parts) < self._most_rounds and any(gather_object([useful < groups])):
            parts.append(self._sampled(self._next_rows(len(first.rewards))))
            useful += count_useful(parts[-1], size)
        log = self._metrics["train"]
        log["dynamic_sampling/rounds"].append(float(len(parts)))
        log["dynamic_sampling/groups_without_spread"].append(1 - useful / (len(parts) * groups))
        filled = fill(parts, size, int(self._tokenizer.pad_token_id))
        return Rollouts({**filled.batch, "num_items_in_batch": self._items(filled.batch)}, filled.rewards, filled.tasks)

    def _items(self, batch: Batch) -> torch.Tensor:
        mask = batch["completion_mask"] if "tool_mask" not in batch else batch["completion_mask"] * batch["tool_mask"]
        return self.accelerator.gather(mask.sum()).sum()

    def _next_rows(self, size: int) -> list[Row]:
        """Rows of prompts beyond those of the step, from a second pass over the dataset with an order of its own."""
        if self._more is None:
            self._more = self._draw_batches(size)
        return next(self._more)

    def _draw_batches(self, size: int) -> Iterator[list[Row]]:
        """Endless: [size] rows for this process, each prompt `num_generations` times."""
        prompts = size // self.num_generations
        generator = torch.Generator().manual_seed(self.args.seed + 1)
        step = prompts * self.accelerator.num_processes
        order: list[int] = []
        while True:
            while len(order) < step:
                order += torch.randperm(len(self.train_dataset), generator=generator).tolist()
            drawn, order = order[:step], order[step:]
            here = drawn[self.accelerator.process_index * prompts :][:prompts]
            yield [dict(self.train_dataset[place]) for place in here for _ in range(self.num_generations)]

    def _advantages(self, rollouts: Rollouts, size: int, mode: str) -> torch.Tensor:
        """[D] of this process, over the rollouts of all."""
        mask = rollouts.batch["completion_mask"]
        everyone = gather_object(list(zip(rollouts.rewards, rollouts.tasks, mask.sum(dim=1).tolist(), strict=True)))
        real = [d for d, (reward, _, _) in enumerate(everyone) if not math.isnan(reward)]
        rewards, tasks, lengths = zip(*(everyone[d] for d in real), strict=True) if real else ((), (), ())
        prompts = [d // size for d in real]
        found = estimate(self._estimator, rewards, prompts, tasks, **self._estimate)
        advantages = torch.zeros(len(everyone), device=mask.device)
        advantages[real] = torch.tensor(found.advantages, dtype=torch.float32, device=mask.device)
        metrics = task_metrics(rewards, prompts, tasks, found.advantages, lengths)
        if not math.isnan(found.mean_pass_rate):
            metrics["mean_pass_rate"] = found.mean_pass_rate
        for name, value in metrics.items():
            self._metrics[mode][name].append(value)
        self._logs["advantages"].extend(advantages.tolist())
        start = self.accelerator.process_index * len(rollouts.rewards)
        return advantages[start : start + len(rollouts.rewards)]
