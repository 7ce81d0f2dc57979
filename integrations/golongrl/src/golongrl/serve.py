"""A reward server of this machine, started and kept running by the package: `GOLONGRL_REWARD_URL=local`.

    local_server()  ->  a process of Python (`golongrl.supervisor`)  ->  `golongrl reward serve`

The process between starts the server again when it dies, and ends it when its own standard input closes: so the server goes
when the trainer goes, killed or not. The processes of one user (verl's or slime's workers) share one server through a file
that is locked while one of them starts it; where its owner has ended, the next one to ask starts another.

`GOLONGRL_COMMAND` is the command (default: `golongrl` on PATH, else `npx --no-install golongrl`).
"""

import fcntl
import hashlib
import http.client
import json
import os
import secrets
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

LOCAL = "local"
# Seconds until a server that was started must have spoken.
START_WITHIN = 120.0


class LocalServer(NamedTuple):
    url: str
    token: str
    # The process that keeps it running.
    supervisor: int


class NoServerError(RuntimeError):
    """The server cannot be started here."""


def command() -> list[str]:
    """The command that starts golongrl. Raises NoServerError where there is neither it nor Node."""
    given = os.environ.get("GOLONGRL_COMMAND")
    if given:
        return shlex.split(given)
    if found := shutil.which("golongrl"):
        return [found]
    if found := shutil.which("npx"):
        return [found, "--no-install", "golongrl"]
    raise NoServerError(
        "golongrl: not found on PATH, and no npx. Install Node 20.19 or newer and `npm install -g golongrl`, set "
        "GOLONGRL_COMMAND, or name a running server in GOLONGRL_REWARD_URL."
    )


_owned: dict[Path, "subprocess.Popen[str]"] = {}
_lock = threading.Lock()


def local_server(flags: Sequence[str] = ()) -> LocalServer:
    """The server that all processes of this user share, for one command and one set of flags; started where there is none."""
    start = [*command(), "reward", "serve", *flags]
    record = _record_file(start)
    with _lock, open(record, "a+", opener=_private) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = _parse(file.read())
        if known is not None and _comes_back(known):
            return known
        server = _start(start, record)
        file.truncate(0)
        file.write(json.dumps(server._asdict()))
        return server


def stop_local_servers() -> None:
    """Ends the servers that this process started. They end by themselves when it ends."""
    with _lock:
        while _owned:
            _, process = _owned.popitem()
            _end(process)


def _record_file(start: Sequence[str]) -> Path:
    digest = hashlib.sha256(json.dumps([os.getcwd(), *start]).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"golongrl-{os.getuid()}-{digest}.json"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _parse(text: str) -> LocalServer | None:
    try:
        value = json.loads(text)
        return LocalServer(str(value["url"]), str(value["token"]), int(value["supervisor"]))
    except (ValueError, KeyError, TypeError):
        return None


def _comes_back(server: LocalServer) -> bool:
    """Whether it answers, now or, while its supervisor lives, once it has been started again."""
    give_up = time.monotonic() + START_WITHIN
    while not _answers(server):
        if not _alive(server.supervisor) or time.monotonic() > give_up:
            return False
        time.sleep(0.1)
    return True


def _alive(process: int) -> bool:
    for owned in _owned.values():
        if owned.pid == process:
            return owned.poll() is None
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def _answers(server: LocalServer) -> bool:
    """Whether it is there and ours: another one may have its port by now."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    try:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {server.token}"}
        connection.request("POST", "/v1/score", b'{"items":[]}', headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _start(start: list[str], record: Path) -> LocalServer:
    """A supervisor of `start`, and what it says once the server listens."""
    old = _owned.pop(record, None)
    if old is not None:
        _end(old)
    token = secrets.token_urlsafe(24)
    process = subprocess.Popen(
        [sys.executable, "-m", "golongrl.supervisor", *start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "GOLONGRL_REWARD_TOKEN": token, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], START_WITHIN)
    said = process.stdout.readline().strip() if ready else ""
    if not said.startswith("http"):
        _end(process)
        raise NoServerError(f"{shlex.join(start)}: {said or f'said nothing for {START_WITHIN:g} s'}")
    _owned[record] = process
    return LocalServer(said, token, process.pid)


def _end(process: "subprocess.Popen[str]") -> None:
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
