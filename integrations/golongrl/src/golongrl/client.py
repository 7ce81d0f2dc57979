"""The client of `golongrl reward serve` (`POST /v1/score`, `POST /get_reward`): keep-alive, retries, and no silent zeros.

Three kinds of failure, told apart:
- no answer (connection lost, 503, gateway errors): repeated with back-off until `patience` is over, then RewardServerError;
- a row that the server cannot score (status "error"): RewardItemError, because every row of such a dataset would score 0;
  with `on_error="score"` it is the profile's number instead, logged and counted;
- a verifier killed at its deadline (status "timeout"): the answer's doing, so it never stops a run: the profile's number,
  logged and counted;
- a gold that nobody can judge (status "unjudgeable"): every response to that prompt has this status, so its group carries no
  advantage; logged and counted.

What a zero is made of is counted too: each result says what the reader of answers found (`state`) and in which form
(`format`), and `RewardClient.answers` has the counts.
"""

import http.client
import json
import logging
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from golongrl.serve import LOCAL, local_server

logger = logging.getLogger("golongrl")

# A request stays well under the server's 32 MB, and under its read timeout even if every verifier has to be killed.
MOST_ITEMS = 64
MOST_BYTES = 8 * 1024 * 1024
# After so many warnings about single samples, failures are only counted.
MOST_WARNINGS = 20
LONGEST_WAIT = 10.0
# What the server's reader of answers may find, and how strictly the form was kept.
STATES = ("answered", "none", "cut", "contradictory", "unreadable")
FORMATS = ("exact", "loose", "none")
NO_VERDICT = ("timeout", "error", "unjudgeable")


class RewardServerError(RuntimeError):
    """The server gave no answer, or refused the request."""


class RewardItemError(ValueError):
    """The server answered that it cannot score a row."""


class _Sender(threading.local):
    """A thread's connection. `process` tells a forked child that the socket it inherited is its parent's."""

    connection: http.client.HTTPConnection | None = None
    process: int = 0


class RewardClient:
    """Scores rows over HTTP. Safe to share among threads: each has its own connection.

    Arguments left out come from GOLONGRL_REWARD_URL (default http://127.0.0.1:5000; `local` starts a server on this machine
    and keeps it running, see `golongrl.serve`), GOLONGRL_REWARD_TOKEN,
    GOLONGRL_REWARD_PROFILE ("paper" | "hardened"; the server's own where neither is given) and
    GOLONGRL_REWARD_ON_ERROR ("raise" | "score"). `timeout` is seconds for one answer, `patience` seconds for all tries.
    """

    def __init__(
        self,
        url: str | None = None,
        token: str | None = None,
        profile: str | None = None,
        on_error: str | None = None,
        timeout: float = 180.0,
        patience: float = 300.0,
    ) -> None:
        self.url = (url or os.environ.get("GOLONGRL_REWARD_URL") or "http://127.0.0.1:5000").rstrip("/")
        self.token = token or os.environ.get("GOLONGRL_REWARD_TOKEN")
        self.profile = profile or os.environ.get("GOLONGRL_REWARD_PROFILE")
        self.on_error = on_error or os.environ.get("GOLONGRL_REWARD_ON_ERROR") or "raise"
        self.timeout = timeout
        self.patience = patience
        parts = urlsplit(self.url)
        if self.url != LOCAL and (parts.scheme not in ("http", "https") or parts.hostname is None):
            raise ValueError(f"url: got {self.url!r}, expected http://HOST:PORT, https://HOST:PORT or {LOCAL}")
        _one_of("profile", self.profile, (None, "paper", "hardened"))
        _one_of("on_error", self.on_error, ("raise", "score"))
        self._address = parts
        self._sender = _Sender()
        self._counts: Counter[str] = Counter()
        self._answers: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def counts(self) -> dict[str, int]:
        """Samples so far by status ("ok", "timeout", "error", "unjudgeable"), and "retries" of requests."""
        with self._lock:
            return dict(self._counts)

    @property
    def answers(self) -> dict[str, int]:
        """Samples so far by what was read ("state/answered", "state/cut", ...) and by form ("format/exact", ...)."""
        with self._lock:
            return dict(self._answers)

    def score(self, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Results in the order of the items: `{score, acc, status, state, format, task, extracted, reason}`.

        An item is `{"response", "data_source", "ground_truth", "reward_mode"}` or `{"response", "reward": {"metric", "gold",
        "language"}}`. Raises RewardServerError and, unless `on_error` is "score", RewardItemError.
        """
        results: list[dict[str, Any]] = []
        head = b"{" if self.profile is None else b'{"profile":%s,' % _encode(self.profile)
        for chunk in _chunks(_encode(item) for item in items):
            answer = self.post("/v1/score", head + b'"items":[' + b",".join(chunk) + b"]}")
            scored = answer["results"]
            if len(scored) != len(chunk):
                raise RewardServerError(f"{self.url}/v1/score: got {len(scored)} results for {len(chunk)} items")
            results.extend(scored)
        for result in results:
            self.count_answer(result.get("state"), result.get("format"))
            self.count(result["status"], result["reason"])
        return results

    def count_answer(self, state: str | None, form: str | None) -> None:
        """Counts what was read; older servers do not say it."""
        with self._lock:
            if state is not None:
                self._answers[f"state/{state}"] += 1
            if form is not None:
                self._answers[f"format/{form}"] += 1

    def count(self, status: str, reason: str) -> None:
        """Counts a sample; warns of one without a verdict, and raises if it is an error and errors are to be raised."""
        with self._lock:
            self._counts[status] += 1
            failed = sum(count for key, count in self._counts.items() if key in NO_VERDICT)
        if status == "ok":
            return
        if status == "error" and self.on_error == "raise":
            raise RewardItemError(f"{reason} (GOLONGRL_REWARD_ON_ERROR=score makes such rows the profile's number)")
        if failed <= MOST_WARNINGS:
            logger.warning("no verdict (%s): %s%s", status, reason, "; more are counted only" if failed == MOST_WARNINGS else "")

    def post(self, path: str, body: bytes) -> Any:
        """The JSON answer to a body. Scoring twice is harmless, so whatever may be temporary is tried again."""
        give_up = time.monotonic() + self.patience
        delay = 0.2
        while True:
            wait = delay * random.uniform(0.5, 1.0)
            try:
                status, retry_after, answer = self._exchange(path, body)
            except (OSError, http.client.HTTPException) as error:
                self._drop()
                failure = f"{type(error).__name__}: {error}"
            else:
                if status == 200:
                    return json.loads(answer)
                failure = f"HTTP {status}: {answer[:300].decode(errors='replace')}"
                if status not in (429, 502, 503, 504):
                    raise RewardServerError(f"{self.url}{path}: {failure}")
                wait = max(wait, retry_after)
            if time.monotonic() + wait > give_up:
                raise RewardServerError(
                    f"{self.url}{path}: {failure}; tried for {self.patience:g} s. Is `golongrl reward serve` running there?"
                )
            with self._lock:
                self._counts["retries"] += 1
            logger.info("%s%s: %s; again in %.1f s", self.url, path, failure, wait)
            time.sleep(wait)
            delay = min(delay * 2, LONGEST_WAIT)

    def _exchange(self, path: str, body: bytes) -> tuple[int, float, bytes]:
        connection, fresh = self._connect()
        try:
            connection.request("POST", self._address.path + path, body, self._headers())
            response = connection.getresponse()
        except (ConnectionError, http.client.BadStatusLine):
            # Servers close idle connections: on one that was kept, that is no failure.
            if fresh:
                raise
            self._drop()
            connection, _ = self._connect()
            connection.request("POST", self._address.path + path, body, self._headers())
            response = connection.getresponse()
        return response.status, _seconds(response.headers.get("Retry-After")), response.read()

    def _headers(self) -> dict[str, str]:
        return {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    def _connect(self) -> tuple[http.client.HTTPConnection, bool]:
        """This thread's connection, and whether it is new."""
        sender = self._sender
        if sender.connection is not None and sender.process == os.getpid():
            return sender.connection, False
        if self.url == LOCAL:
            # Asked with each new connection, so that a server that has gone is replaced.
            server = local_server()
            self._address, self.token = urlsplit(server.url), server.token
        kind = http.client.HTTPSConnection if self._address.scheme == "https" else http.client.HTTPConnection
        sender.connection = kind(self._address.hostname or "", self._address.port, timeout=self.timeout)
        sender.process = os.getpid()
        return sender.connection, True

    def _drop(self) -> None:
        if self._sender.connection is not None:
            self._sender.connection.close()
        self._sender.connection = None


_shared: dict[tuple[str | None, ...], RewardClient] = {}
_shared_lock = threading.Lock()


def shared_client(
    url: str | None = None, token: str | None = None, profile: str | None = None, on_error: str | None = None
) -> RewardClient:
    """One client a process for each setting. The shims use it. functools.cache would tell f() from f(None), and may make two."""
    key = (url, token, profile, on_error)
    with _shared_lock:
        if key not in _shared:
            _shared[key] = RewardClient(*key)
        return _shared[key]


def answer_shares(result: Mapping[str, Any], separator: str = "/") -> dict[str, float]:
    """`state/NAME` and `format/NAME` of a result: 1 for what it is, 0 for the others. Trainers average numbers."""
    kinds = (("state", STATES), ("format", FORMATS))
    return {f"{kind}{separator}{name}": float(result.get(kind) == name) for kind, names in kinds for name in names}


def _encode(value: Any) -> bytes:
    return json.dumps(value, default=_plain).encode()


def _plain(value: Any) -> Any:
    """Arrays and scalars of numpy, which is what Parquet columns become, as lists and numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"cannot send a {type(value).__name__} as JSON")


def _chunks(encoded: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for item in encoded:
        if chunk and (len(chunk) == MOST_ITEMS or size + len(item) > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += len(item)
    if chunk:
        yield chunk


def _seconds(retry_after: str | None) -> float:
    """Retry-After in seconds; its other form, a date, counts as none."""
    return float(retry_after) if retry_after and retry_after.isdigit() else 0.0


def _one_of(name: str, value: str | None, allowed: tuple[str | None, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name}: got {value!r}, expected {' | '.join(str(choice) for choice in allowed if choice)}")
