"""OpenRLHF's local reward function, over `golongrl reward serve`.

    --reward.remote_url PATH/golongrl/openrlhf/reward.py

OpenRLHF can also call the server itself (`--reward.remote_url http://HOST:PORT/get_reward`). This file adds a bearer
token, retries for minutes instead of seconds, and a warning for each sample without a verdict. A label is JSON text:
`{"data_source", "ground_truth", "extra_info"}` or `{"reward": {"metric", "gold", "language"}}`.
"""

import json
from typing import Any

from golongrl.client import logger, shared_client


def reward_func(queries: list[str], prompts: list[str], labels: list[Any]) -> dict[str, Any]:
    """`{rewards, scores, extra_logs}` as the server gives them.

    `extra_logs.reward_failed` is 1 where there is no verdict, `extra_logs.state_cut` where the thinking never closed, and so on
    for each state and format.
    """
    client = shared_client()
    try:
        answer = client.post("/get_reward", json.dumps({"query": queries, "prompts": prompts, "labels": labels}).encode())
        failures = {failure["index"]: failure for failure in answer["failures"]}
        for state, form in zip(answer.get("states", ()), answer.get("formats", ())):
            client.count_answer(state, form)
        for i in range(len(queries)):
            failure = failures.get(i, {"status": "ok", "reason": ""})
            client.count(failure["status"], failure["reason"])
    except Exception:
        # OpenRLHF turns what is raised here into a line at level INFO and a reward of None.
        logger.exception("no rewards from %s", client.url)
        raise
    return answer
