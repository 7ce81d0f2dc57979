"""The process between `golongrl.serve` and a server: `python -m golongrl.supervisor COMMAND...`.

Starts the server again when it dies, and ends it when standard input closes, which is when the trainer is gone.
"""

import re
import signal
import subprocess
import sys
import threading
import time
from os import _exit

# A server that dies so soon after its start would only die again.
SOON = 5.0


class Supervisor:
    """Runs the command until standard input closes, and says the server's address once."""

    def __init__(self, start: list[str]) -> None:
        self.start = start
        self.port = "0"
        self.child: subprocess.Popen[str] | None = None
        self.ending = threading.Event()

    def run(self) -> None:
        threading.Thread(target=self._watch_input, daemon=True).start()
        signal.signal(signal.SIGTERM, lambda *_: self.end())
        while not self.ending.is_set():
            began = time.monotonic()
            said = self._serve_once()
            if self.ending.is_set():
                break
            if time.monotonic() - began < SOON:
                print(f"ended at once: {said[-300:]}", flush=True)
                self.end()

    def _serve_once(self) -> str:
        """One life of the server; returns what it said last."""
        self.child = subprocess.Popen(
            [*self.start, "--port", self.port], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        if self.ending.is_set():
            self.child.terminate()
        assert self.child.stderr is not None
        said = ""
        for line in self.child.stderr:
            said = f"{said}{line}"[-2000:]
            found = re.search(r" at (http://\S+:(\d+)):", line)
            if found and self.port == "0":
                self.port = found[2]
                print(found[1], flush=True)
        self.child.wait()
        return said.strip()

    def _watch_input(self) -> None:
        sys.stdin.read()
        self.end()

    def end(self) -> None:
        self.ending.set()
        if self.child is not None:
            self.child.terminate()
            try:
                self.child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.child.kill()
        _exit(0)


if __name__ == "__main__":
    Supervisor(sys.argv[1:]).run()
