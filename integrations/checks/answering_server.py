"""An OpenAI server that answers as told, for trainers that ask one: chat completions (with token ids and log-probabilities where asked)."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[list[dict[str, Any]]], str]


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content or [])


def prompt_of(messages: list[dict[str, Any]]) -> str:
    return "\n".join(_text(message.get("content")) for message in messages if message.get("role") == "user")


@contextmanager
def answering_server(answer: Answer) -> Iterator[str]:
    """The base URL (`.../v1`) of a server whose completions are `answer(messages)`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send({"object": "list", "data": [{"id": "model", "object": "model"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            text = answer(body["messages"])
            choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            usage = {"prompt_tokens": 10, "completion_tokens": len(text), "total_tokens": 10 + len(text)}
            whole = {"id": "c", "created": 0, "model": body.get("model", "model"), "usage": usage}
            if body.get("stream"):
                first = {**whole, "object": "chat.completion.chunk", "usage": None}
                delta = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
                end = {"index": 0, "delta": {}, "finish_reason": "stop"}
                chunks = [{**first, "choices": [delta]}, {**first, "choices": [end]}, {**first, "choices": [], "usage": usage}]
                data = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"
                self._send_bytes(data.encode(), "text/event-stream")
            else:
                self._send({**whole, "object": "chat.completion", "choices": [choice]})

        def _send(self, value: Any) -> None:
            self._send_bytes(json.dumps(value).encode(), "application/json")

        def _send_bytes(self, data: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
