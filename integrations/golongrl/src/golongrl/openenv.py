"""GoLongRL samples as an environment of OpenEnv: an episode is one sample, its one step is the response.

    app = create_sample_app(Path(__file__).parent / "data")

`reset(seed=N)` draws a sample by its seed, `reset(sample=N)` takes the N-th, `reset(split="heldout")` looks among those; without
any, samples come one after the other. GOLONGRL_REWARD_URL names the reward server, `local` starts one.
"""

import json
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from openenv.core.env_server import Action, Environment, Observation, State, create_app
from pydantic import Field

from golongrl.client import answer_shares, shared_client
from golongrl.items import reward_item
from golongrl.tasks import row_task


class Response(Action):
    response: str = Field(..., description="What the model wrote, thinking included")


class Question(Observation):
    prompt: str = Field("", description="The user message; empty once it is answered")
    task: str = ""
    metric: str = ""
    verdict: dict[str, Any] = Field(default_factory=dict, description="status, state, format, extracted, reason")


class Samples:
    """Lines of `SPLIT.jsonl`, read one at a time: prompts may be gigabytes together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._offsets: dict[str, list[int]] = {}
        self._next: dict[str, int] = {}
        self._lock = threading.Lock()

    def count(self, split: str) -> int:
        return len(self._places(split))

    def take(self, split: str, number: int) -> dict[str, Any]:
        places = self._places(split)
        with (self._folder / f"{split}.jsonl").open("rb") as file:
            file.seek(places[number % len(places)])
            return json.loads(file.readline())

    def following(self, split: str) -> dict[str, Any]:
        with self._lock:
            number = self._next[split] = self._next.get(split, -1) + 1
        return self.take(split, number)

    def _places(self, split: str) -> list[int]:
        """Where each line begins."""
        if split not in self._offsets:
            file = self._folder / f"{split}.jsonl"
            if not file.is_file():
                there = ", ".join(sorted(found.stem for found in self._folder.glob("*.jsonl")))
                raise ValueError(f"split: got {split!r}, expected one of {there}")
            with file.open("rb") as lines:
                places = [0]
                for line in lines:
                    places.append(places[-1] + len(line))
            self._offsets[split] = places[:-1]
        return self._offsets[split]


class SampleEnvironment(Environment[Response, Question, State]):
    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self, samples: Samples) -> None:
        super().__init__()
        self._samples = samples
        self._sample: dict[str, Any] | None = None
        self._state = State(episode_id=str(uuid4()), step_count=0)

    def reset(self, seed: int | None = None, episode_id: str | None = None, **options: Any) -> Question:
        split = str(options.get("split", "train"))
        if "sample" in options:
            self._sample = self._samples.take(split, int(options["sample"]))
        elif seed is not None:
            self._sample = self._samples.take(split, random.Random(seed).randrange(self._samples.count(split)))
        else:
            self._sample = self._samples.following(split)
        self._state = State(episode_id=episode_id or str(uuid4()), step_count=0)
        return Question(prompt=self._sample["prompt"], task=self._sample["task"], metric=row_task(self._sample))

    def step(self, action: Response, timeout_s: float | None = None, **_: Any) -> Question:
        if self._sample is None or self._state.step_count > 0:
            raise RuntimeError("reset first: an episode is one question and one response")
        self._state.step_count += 1
        (result,) = shared_client().score([reward_item(self._sample, action.response)])
        verdict = {name: result.get(name) for name in ("status", "state", "format", "extracted", "reason", "acc")}
        return Question(
            done=True,
            reward=float(result["score"]),
            task=self._sample["task"],
            metric=row_task(self._sample),
            verdict={**verdict, "metrics": answer_shares(result)},
        )

    @property
    def state(self) -> State:
        return self._state


def create_sample_app(data: Path, name: str = "golongrl", sessions: int = 256) -> Any:
    """The server's application. Sessions share the samples."""
    samples = Samples(data)
    make: Callable[[], Environment] = lambda: SampleEnvironment(samples)  # noqa: E731 - OpenEnv wants a callable without arguments
    return create_app(make, Response, Question, env_name=name, max_concurrent_envs=sessions)
