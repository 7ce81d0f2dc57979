"""OpenRLHF's own reward client asks the server, and its own loader runs our reward file.

SingleTurnAgentExecutor generates with vLLM, which needs a GPU: an engine that returns a prepared response stands for it.
Everything after generation (decoding with special tokens, truncation of the prompt, the HTTP client, the reward file) is
OpenRLHF's. Usage: openrlhf_client.py EXPECTED.jsonl (rows with `score`).
"""

import asyncio
import json
import logging
import os
import sys
from types import SimpleNamespace
from typing import Any

from openrlhf.utils.agent import SingleTurnAgentExecutor
from same import demand_same, read_rows
from tiny import byte_tokenizer
from transformers import PreTrainedTokenizerFast

from golongrl.openrlhf import reward as shim

QUESTION = "Read this. " * 40 + "Answer after [Answer], for example:\n[Answer]\nOslo"


class PreparedEngine:
    """Answers with the tokens it was given."""

    def __init__(self, tokens: list[int]) -> None:
        self.tokens = tokens

    async def generate(self, *_: Any, **__: Any) -> SimpleNamespace:
        return SimpleNamespace(outputs=[SimpleNamespace(token_ids=self.tokens, finish_reason="stop", logprobs=None)])


async def rewards(endpoint: str, rows: list[dict[str, Any]], tokenizer: PreTrainedTokenizerFast, room: int) -> list[float]:
    """The rewards that the executor stores; `room` is the prompt's share of the context in tokens."""
    executor = SingleTurnAgentExecutor([endpoint])
    prompt = tokenizer.apply_chat_template([{"role": "user", "content": QUESTION}], tokenize=False, add_generation_prompt=True)
    sampling = SimpleNamespace(max_tokens=1000, logprobs=None)

    async def one(row: dict[str, Any]) -> float:
        tokens = [*tokenizer.encode(row["solution_str"], add_special_tokens=False), tokenizer.eos_token_id]
        label = json.dumps({key: row[key] for key in ("data_source", "ground_truth", "extra_info")})
        output = await executor.execute(prompt, label, sampling, 1000 + room, tokenizer, PreparedEngine(tokens))
        if output["extra_logs"]["reward_failed"] != [0]:
            raise SystemExit(f"no verdict on {row}")
        return output["reward"][0]

    return await asyncio.gather(*map(one, rows))


def main(expected_file: str) -> None:
    rows = read_rows(expected_file)
    expected = [row["score"] for row in rows]
    tokenizer = byte_tokenizer()
    # It warns of each prompt that it cuts.
    logging.getLogger("openrlhf.utils.agent").setLevel(logging.ERROR)
    url = f"{os.environ['GOLONGRL_REWARD_URL']}/get_reward"
    demand_same("remote_url http://.../get_reward", asyncio.run(rewards(url, rows, tokenizer, 10_000)), expected)
    demand_same("the same, prompts cut from the left", asyncio.run(rewards(url, rows, tokenizer, 300)), expected)
    demand_same("remote_url .../openrlhf.py", asyncio.run(rewards(str(shim.__file__), rows, tokenizer, 10_000)), expected)


main(sys.argv[1])
