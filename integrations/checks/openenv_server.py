"""An exported package in the real OpenEnv: its server over HTTP and WebSocket, asked by OpenEnv's own client.

Usage: openenv_server.py EXPECTED. The package is installed; its command `server` is started.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openenv.core import GenericEnvClient
from same import demand_same, read_rows


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def server() -> Iterator[str]:
    """The address of the command `server` of the package, as docs/trainers.md has it."""
    port = free_port()
    process = subprocess.Popen([Path(sys.executable).with_name("server")], env={**os.environ, "PORT": str(port)})
    try:
        while not answers(port):
            if process.poll() is not None:
                raise SystemExit(f"server: exit code {process.returncode}")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def main(expected_file: str) -> None:
    rows = read_rows(expected_file)
    got, wanted = [], []
    with server() as url, GenericEnvClient(base_url=url).sync() as env:
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
    demand_same("rewards of step()", got, wanted)
    if first != again:
        raise SystemExit("one seed drew two samples")
    print("  one seed draws one sample")


main(sys.argv[1])
