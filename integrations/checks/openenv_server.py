"""An exported package in the real OpenEnv: its server over HTTP and WebSocket, asked by OpenEnv's own client.

Usage: openenv_server.py MODULE EXPECTED. The package is installed.
"""

import socket
import sys
import threading
import time
from importlib import import_module

import uvicorn
from openenv.core import GenericEnvClient
from same import demand_same, read_rows


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(module: str, expected_file: str) -> None:
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(import_module(f"{module}.app").app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    rows = read_rows(expected_file)
    got, wanted = [], []
    with GenericEnvClient(base_url=f"http://127.0.0.1:{port}").sync() as env:
        for place, row in enumerate(rows):
            question = env.reset(sample=place // 2)
            if question.done or not question.observation["prompt"] or question.observation["metric"] != row["reward"]["metric"]:
                raise SystemExit(f"reset gave {question}")
            result = env.step({"response": row["response"]})
            got.append(result.reward)
            wanted.append(row["score"])
            if not result.done or result.observation["verdict"]["status"] != "ok":
                raise SystemExit(f"step gave {result}")
        first, again = (env.reset(seed=5).observation["prompt"] for _ in range(2))
    server.should_exit = True
    thread.join(timeout=30)
    demand_same("rewards of step()", got, wanted)
    if first != again:
        raise SystemExit("one seed drew two samples")
    print("  one seed draws one sample")


main(sys.argv[1], sys.argv[2])
