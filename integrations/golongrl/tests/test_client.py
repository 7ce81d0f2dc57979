"""The client against a server that fails as told: what no well-behaved `golongrl reward serve` does on demand."""

import asyncio
import json
import logging
import threading
import unittest
import unittest.mock
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import golongrl.client as client_module
from golongrl import RewardClient, RewardItemError, RewardServerError, shared_client
from golongrl.items import completion_text
from golongrl.trl.reward import reward_func
from golongrl.verl.reward import compute_score_async

Answer = tuple[int, dict[str, str], Any] | None


def scored(item: dict[str, Any]) -> dict[str, Any]:
    """A response that is a number scores it; another word is the status of a sample without verdict."""
    status = "ok" if item["response"].replace(".", "").isdigit() else item["response"]
    value = float(item["response"]) if status == "ok" else 0
    read = {"state": "answered" if status == "ok" else "unreadable", "format": "exact" if status == "ok" else "none"}
    return {"score": value, "acc": value == 1, "status": status, "task": "EM", "extracted": item["response"], "reason": "why", **read}


class ScriptedServer:
    """Answers requests from `script` first (None hangs up), then rightly. Remembers what came in."""

    def __init__(self, *script: Answer) -> None:
        self.script = list(script)
        self.requests: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        self.connections = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                outer.connections += 1
                super().setup()

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append(body)
                outer.tokens.append(self.headers["Authorization"])
                answer = outer.script.pop(0) if outer.script else (200, {}, {"results": [scored(item) for item in body["items"]]})
                if answer is None:
                    self.close_connection = True
                    return
                status, headers, content = answer
                data = json.dumps(content).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def item(response: str) -> dict[str, Any]:
    return {"data_source": "EM", "response": response, "ground_truth": "x"}


class ClientTest(unittest.TestCase):
    def serve(self, *script: Answer) -> ScriptedServer:
        server = ScriptedServer(*script)
        self.addCleanup(server.close)
        return server

    def test_a_batch_travels_in_several_requests_over_one_connection_in_order(self) -> None:
        server = self.serve()
        client = RewardClient(server.url, token="secret", profile="paper")
        results = client.score([item(str(i)) for i in range(150)])
        self.assertEqual([result["score"] for result in results], list(range(150)))
        self.assertEqual([len(request["items"]) for request in server.requests], [64, 64, 22])
        self.assertEqual({request["profile"] for request in server.requests}, {"paper"})
        self.assertEqual(set(server.tokens), {"Bearer secret"})
        self.assertEqual(server.connections, 1)

    def test_large_answers_are_spread_over_requests(self) -> None:
        server = self.serve()
        RewardClient(server.url).score([{**item("1"), "ground_truth": "x" * 5_000_000} for _ in range(3)])
        self.assertEqual([len(request["items"]) for request in server.requests], [1, 1, 1])

    def test_a_busy_server_and_a_lost_connection_are_tried_again(self) -> None:
        server = self.serve((503, {"Retry-After": "0"}, {"error": "busy"}), None, (502, {}, {}))
        client = RewardClient(server.url)
        self.assertEqual(client.score([item("0.5")])[0]["score"], 0.5)
        self.assertEqual(len(server.requests), 4)
        self.assertEqual(client.counts["ok"], 1)

    def test_a_refused_request_raises_at_once_with_the_reason(self) -> None:
        server = self.serve((401, {}, {"error": "a bearer token is needed"}))
        with self.assertRaisesRegex(RewardServerError, "401.*bearer token"):
            RewardClient(server.url).score([item("1")])
        self.assertEqual(len(server.requests), 1)

    def test_no_server_raises_when_patience_is_over(self) -> None:
        server = ScriptedServer()
        server.close()
        client = RewardClient(server.url, patience=0.5)
        with self.assertRaisesRegex(RewardServerError, "reward serve"):
            client.score([item("1")])
        self.assertGreaterEqual(client.counts["retries"], 1)

    def test_a_row_that_cannot_be_scored_raises(self) -> None:
        with self.assertRaisesRegex(RewardItemError, "why"):
            RewardClient(self.serve().url).score([item("1"), item("error")])

    def test_errors_can_be_the_number_of_the_profile_and_are_logged_and_counted(self) -> None:
        client = RewardClient(self.serve().url, on_error="score")
        with self.assertLogs("golongrl", logging.WARNING) as logs:
            results = client.score([item("1"), item("error"), item("timeout")])
        self.assertEqual([result["score"] for result in results], [1, 0, 0])
        self.assertEqual(client.counts, {"ok": 1, "error": 1, "timeout": 1})
        self.assertEqual(len(logs.output), 2)

    def test_a_killed_verifier_never_stops_a_run(self) -> None:
        client = RewardClient(self.serve().url)
        with self.assertLogs("golongrl", logging.WARNING):
            self.assertEqual(client.score([item("timeout")])[0]["score"], 0)
        self.assertEqual(client.counts, {"timeout": 1})

    def test_a_setting_that_does_not_exist_is_refused(self) -> None:
        for arguments in ({"url": "localhost:5000"}, {"profile": "strict"}, {"on_error": "ignore"}):
            with self.assertRaisesRegex(ValueError, "expected"):
                RewardClient(**arguments)

    def test_one_client_a_setting_however_it_is_spelled_so_that_counts_are_whole(self) -> None:
        self.assertIs(shared_client(), shared_client(None, None, None, None))
        self.assertIs(shared_client("http://a:1"), shared_client(url="http://a:1", on_error=None))
        self.assertIsNot(shared_client("http://a:1"), shared_client("http://a:2"))

    def test_verl_calls_under_way_together_travel_together(self) -> None:
        server = self.serve()

        async def gather(score: Callable[..., Any]) -> list[dict[str, Any]]:
            return await asyncio.gather(*(score("EM", str(i), "x", {"reward_mode": "EM"}, url=server.url) for i in range(40)))

        results = asyncio.run(gather(compute_score_async))
        self.assertEqual([result["score"] for result in results], list(range(40)))
        self.assertEqual([len(request["items"]) for request in server.requests], [40])

    def test_verl_gives_a_failure_to_every_call_that_it_concerns(self) -> None:
        server = self.serve((400, {}, {"error": "no"}))

        async def gather() -> list[Any]:
            calls = (compute_score_async("EM", "1", "x", None, url=server.url) for _ in range(3))
            return await asyncio.gather(*calls, return_exceptions=True)

        self.assertEqual({type(result) for result in asyncio.run(gather())}, {RewardServerError})

    def test_what_was_read_is_counted_and_a_gold_that_nobody_can_judge_stops_no_run(self) -> None:
        client = RewardClient(self.serve().url)
        with self.assertLogs("golongrl", logging.WARNING):
            client.score([item("1"), item("0"), item("unjudgeable")])
        self.assertEqual(client.counts, {"ok": 2, "unjudgeable": 1})
        self.assertEqual(client.answers, {"state/answered": 2, "format/exact": 2, "state/unreadable": 1, "format/none": 1})

    def test_trl_logs_states_and_gives_none_for_a_gold_that_nobody_can_judge(self) -> None:
        server = self.serve()
        logged: dict[str, float] = {}
        with unittest.mock.patch.dict("os.environ", {"GOLONGRL_REWARD_URL": server.url}):
            client_module._shared.clear()
            rewards = reward_func(
                completions=["1", "unjudgeable"],
                log_metric=lambda name, value: logged.update({name: value}),
                data_source=["EM", "EM"],
                ground_truth=["x", "x"],
            )
        client_module._shared.clear()
        self.assertEqual(rewards, [1.0, None])
        self.assertEqual((logged["reward_failed"], logged["reward_state/answered"], logged["reward_format/none"]), (0.5, 0.5, 0.5))

    def test_verl_has_every_state_as_a_number(self) -> None:
        result = asyncio.run(compute_score_async("EM", "1", "x", None, url=self.serve().url))
        self.assertEqual((result["state"], result["state_answered"], result["state_cut"], result["format_exact"]), ("answered", 1, 0, 1))

    def test_trl_rows_without_a_reward_get_none_and_ask_nobody(self) -> None:
        self.assertEqual(reward_func(completions=["a", "b"], prompts=["p", "p"], topic=["x", "y"]), [None, None])

    def test_the_text_of_a_conversational_completion_has_its_thinking_back(self) -> None:
        cases = [
            ("plain", "plain"),
            ([{"role": "assistant", "content": "Oslo"}], "Oslo"),
            ([{"role": "assistant", "reasoning_content": "hm", "content": "Oslo"}], "<think>\nhm\n</think>\n\nOslo"),
            ([{"role": "assistant", "content": [{"type": "text", "text": "Os"}, {"type": "text", "text": "lo"}]}], "Oslo"),
            ([{"role": "assistant", "content": None}, {"role": "tool", "content": "1"}, {"role": "assistant", "content": "2"}], "2"),
        ]
        for completion, text in cases:
            self.assertEqual(completion_text(completion), text)


if __name__ == "__main__":
    unittest.main()
