"""GoLongRL's rewards as a resources server of NeMo-Gym: what `golongrl data export --to nemo-gym` writes is this and its data.

A line of the data is `{responses_create_params: {input}, id, task, reward}`; NeMo-Gym hands all of it to `verify` beside the
model's response. GOLONGRL_REWARD_URL names the reward server, `local` starts one.
"""

import asyncio
from typing import Any, ClassVar

from nemo_gym.base_resources_server import (
    BaseResourcesServerConfig,
    BaseRunRequest,
    BaseVerifyRequest,
    BaseVerifyResponse,
    ReverifyMode,
    SimpleResourcesServer,
)

from golongrl.client import answer_shares, shared_client
from golongrl.items import completion_text, reward_item
from golongrl.tasks import row_task


class GolongResourcesServerConfig(BaseResourcesServerConfig):
    # The verdict depends on the row and the response alone.
    REVERIFY_MODE: ClassVar[ReverifyMode] = ReverifyMode.STATELESS


class GolongRunRequest(BaseRunRequest):
    id: str | None = None
    task: str | None = None
    reward: dict[str, Any]


class GolongVerifyRequest(GolongRunRequest, BaseVerifyRequest):
    """A row and the model's response to it."""


class GolongVerifyResponse(BaseVerifyResponse):
    """`reward` and what it is made of; the numeric fields are averaged by NeMo-Gym, those of a task under its metric's name."""

    id: str | None = None
    task: str | None = None
    metric: str
    acc: float
    state: str
    extracted: Any = None
    metrics: dict[str, float]


class GolongResourcesServer(SimpleResourcesServer):
    config: GolongResourcesServerConfig

    async def verify(self, body: GolongVerifyRequest) -> GolongVerifyResponse:
        row = {"reward": body.reward}
        item = reward_item(row, response_text(body.response))
        # shared_client waits for its answer, and other rollouts must not wait for it.
        (result,) = await asyncio.to_thread(shared_client().score, [item])
        judged = result["status"] == "ok"
        return GolongVerifyResponse(
            responses_create_params=body.responses_create_params,
            response=body.response,
            reward=float(result["score"]),
            # A gold that nobody can judge measures no policy; a verifier killed at its deadline is the answer's doing.
            mask_sample=result["status"] == "unjudgeable",
            failure_kind=None if judged else "verifier_error",
            failure_reason=None if judged else f"{result['status']}: {result['reason']}",
            id=body.id,
            task=body.task,
            metric=row_task(row),
            acc=float(result["acc"]),
            state=result.get("state") or "",
            extracted=result["extracted"],
            metrics=answer_shares(result),
        )


def response_text(response: Any) -> str:
    """The last answer of a response, with the thinking that a server may have put apart."""
    thinking, answer = "", ""
    for output in response.output:
        if output.type == "reasoning":
            parts = (getattr(output, "content", None) or []) + (output.summary or [])
            thinking = "".join(part.text for part in parts)
        elif output.type == "message" and output.role == "assistant":
            answer = "".join(part.text for part in output.content if part.type == "output_text")
    return completion_text([{"role": "assistant", "reasoning_content": thinking, "content": answer}])
