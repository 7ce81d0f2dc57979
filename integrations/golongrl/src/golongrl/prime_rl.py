"""TMN-Reweight in prime-rl: `python -m golongrl.prime_rl @ orchestrator.toml` in the place of its `orchestrator` command.

prime-rl's algorithms see one group at a time, and TMN scales by task over the whole batch. So the sink that collects groups is
replaced: when it cuts a batch, the advantages of all its rollouts are computed anew, over that batch. Use `algo.type = "grpo"`,
and a `batch_size` that is a multiple of the group size, so that groups are not cut. The environments are those of
`golongrl data export --to verifiers`. GOLONGRL_ESTIMATOR, GOLONGRL_ALPHA and GOLONGRL_GAMMA choose the estimator.
"""

from typing import Any

from prime_rl.orchestrator.train_sink import TrainSink
from prime_rl.orchestrator.utils import episode_group_id

from golongrl.advantages import chosen_estimate
from golongrl.tasks import row_task


class TaskTrainSink(TrainSink):
    """prime-rl's, whose batches carry the advantages of GoLongRL's estimators."""

    def process_batch(self) -> Any:
        episodes, traces = dict(self.episode_by_trace), list(self.pending_batch)
        samples = dict(self.pending_batch)
        if self.batch_size is not None:
            traces = traces[: self.batch_size]
        found = chosen_estimate(
            [self._trace(trace).reward for trace in traces],
            [episode_group_id(episodes[trace]) for trace in traces],
            [task_of(self._trace(trace)) for trace in traces],
        )
        for trace, advantage in zip(traces, found.advantages, strict=True):
            for sample in samples[trace]:
                sample.advantages = [advantage if trained else 0.0 for trained in sample.mask]
        return super().process_batch()


def task_of(trace: Any) -> str:
    """The reward type of a trace's task, as `golongrl.verifiers` keeps it."""
    data = trace.task.data
    metric = getattr(data, "metric", None)
    return metric if isinstance(metric, str) and metric else row_task(getattr(data, "row", {}))


def install() -> Any:
    """Puts the sink in the place of prime-rl's, in this process; returns its module `orchestrator`."""
    from prime_rl.orchestrator import orchestrator

    orchestrator.TrainSink = TaskTrainSink
    return orchestrator


if __name__ == "__main__":
    install().main()
