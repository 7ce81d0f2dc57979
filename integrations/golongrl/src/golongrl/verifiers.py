"""GoLongRL samples as a taskset of `verifiers` 0.4: what the package that `golongrl data export --to verifiers` writes is made of.

    class Samples(SampleTaskset):
        DATA = Path(__file__).parent / "data"

A line of the file is `{id, task, prompt, reward: {metric, gold, language}}`; columns of verl's layout work too. The rewards come
from `golongrl.client`: GOLONGRL_REWARD_URL names the server, `local` starts one.
"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import verifiers.v1 as vf

from golongrl.client import answer_shares, shared_client
from golongrl.items import REWARD_COLUMNS, completion_text, reward_item
from golongrl.tasks import row_task

# Verdicts that a task remembers: rollouts of a group share the task.
KEPT = 64


class SampleData(vf.TaskData):
    """A sample: its prompt, and the columns that decide its reward."""

    task: str
    metric: str
    row: dict[str, Any]


class SampleTask(vf.Task[SampleData]):
    """One reward, `verdict`, and what it is made of as metrics: `state/...`, `format/...`, `no_verdict`, `task/METRIC`."""

    @property
    def key(self) -> str:
        """The sample's own id, so that traces of two runs can be compared."""
        return self.data.id or self.hash

    @vf.reward
    async def verdict(self, trace: vf.Trace) -> float:
        """0..1. A gold that nobody can judge gives every rollout of its group 0, so that the group teaches nothing."""
        result = await self._scored(trace)
        return 0.0 if result["status"] == "unjudgeable" else float(result["score"])

    @vf.metric
    async def answer(self, trace: vf.Trace) -> dict[str, float]:
        """What the reader of answers found, and the score under the task's own name, whose mean is the task's."""
        result = await self._scored(trace)
        return {
            "acc": float(result["acc"]),
            "no_verdict": float(result["status"] != "ok"),
            f"task/{self.data.metric}": float(result["score"]),
            **answer_shares(result),
        }

    async def validate(self, runtime: vf.Runtime) -> bool | None:
        """For `vf-validate`: whether the gold, as prompts ask for it, has full marks. None for a row in verl's layout."""
        gold = (self.data.row.get("reward") or {}).get("gold")
        if gold is None:
            return None
        result = await self._verdict("<think>\n</think>\n[Answer]\n" + "\n".join(gold))
        return result["status"] == "ok" and result["score"] > 1 - 1e-6

    async def _scored(self, trace: vf.Trace) -> dict[str, Any]:
        return await self._verdict(reply_text(trace))

    async def _verdict(self, text: str) -> dict[str, Any]:
        """The verdict on a response. The reward and the metrics ask for the same one: the last few are kept."""
        item = reward_item(self.data.row, text)
        if item is None:
            raise ValueError(f"task {self.data.id}: its row has neither `reward` nor `data_source`")
        known: dict[str, dict[str, Any]] = self.__dict__.setdefault("_verdicts", {})
        found = known.get(text)
        if found is None:
            (found,) = await asyncio.to_thread(shared_client().score, [item])
            known[text] = found
            while len(known) > KEPT:
                known.pop(next(iter(known)))
        return found


class SamplesConfig(vf.TasksetConfig):
    split: str = "train"
    """`train` or `heldout`."""
    tasks: list[str] = []
    """Keep samples of these tasks (T1, T2, ...); all where none is named."""


class SampleTaskset(vf.Taskset[SampleTask, SamplesConfig]):
    """The samples of `DATA/SPLIT.jsonl`."""

    DATA: ClassVar[Path]

    def load(self) -> Iterator[SampleTask]:
        file = self.DATA / f"{self.config.split}.jsonl"
        if not file.is_file():
            there = ", ".join(sorted(found.stem for found in self.DATA.glob("*.jsonl")))
            raise FileNotFoundError(f"split {self.config.split!r}: not in this package, which has {there}")
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                sample = json.loads(line)
                if not self.config.tasks or sample["task"] in self.config.tasks:
                    yield SampleTask(sample_data(sample), self.config.task)


def sample_data(sample: dict[str, Any]) -> SampleData:
    row = {name: sample[name] for name in REWARD_COLUMNS if sample.get(name) is not None}
    return SampleData(
        id=sample["id"],
        name=f"{sample['task']} {sample['id']}",
        # As a message it reaches the harness by way of a file; as text it would be an argument of a command, which may not be long.
        prompt=[vf.UserMessage(content=sample["prompt"])],
        task=sample["task"],
        metric=row_task(sample),
        row=row,
    )


def reply_text(trace: vf.Trace) -> str:
    """The last answer with its thinking. A server that parses the thinking keeps it in a field of its own."""
    messages = trace.assistant_messages
    if not messages:
        return trace.last_reply
    return completion_text([messages[-1].model_dump()])
