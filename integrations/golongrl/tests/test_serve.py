"""The server that the package starts by itself: the real one, from the command in GOLONGRL_COMMAND. Skipped where there is none."""

import os
import signal
import subprocess
import sys
import time
import unittest
import unittest.mock
from pathlib import Path

from golongrl import NoServerError, RewardClient, local_server, stop_local_servers
from golongrl.serve import command

ITEM = {"response": "</think>\n[Answer]\nOslo", "reward": {"metric": "EM", "gold": ["Oslo"], "language": "en"}}
SCORE = f"from golongrl import RewardClient; print(RewardClient('local').score([{ITEM!r}])[0]['score'])"


def there(command_line: str) -> bool:
    return bool(command_line) and subprocess.run([*command_line.split(), "--version"], capture_output=True, check=False).returncode == 0


def servers_below(process: int) -> list[int]:
    """The processes that the supervisors of a process have started."""
    return [server for child in children_of(process) for server in children_of(child)]


def children_of(process: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{process}/task").iterdir() for child in (task / "children").read_text().split()]


@unittest.skipUnless(there(os.environ.get("GOLONGRL_COMMAND", "")), "GOLONGRL_COMMAND starts no golongrl")
class ServeTest(unittest.TestCase):
    def tearDown(self) -> None:
        stop_local_servers()

    def test_a_client_starts_its_server_shares_it_and_takes_it_along(self) -> None:
        client = RewardClient("local")
        self.assertEqual(client.score([ITEM])[0]["score"], 1)
        first = local_server()
        other = subprocess.run([sys.executable, "-c", SCORE], capture_output=True, text=True, check=True)
        self.assertEqual(other.stdout.strip(), "1")
        self.assertEqual(local_server(), first)
        stop_local_servers()
        self.assertEqual(client.score([ITEM])[0]["score"], 1)

    def test_a_server_that_dies_is_started_again_behind_the_same_address(self) -> None:
        client = RewardClient("local", patience=60)
        client.score([ITEM])
        time.sleep(5.5)
        before = local_server()
        for process in servers_below(os.getpid()):
            os.kill(process, signal.SIGKILL)
        self.assertEqual(client.score([ITEM])[0]["score"], 1)
        self.assertEqual(local_server(), before)

    def test_a_killed_owner_leaves_no_server_behind(self) -> None:
        code = f"{SCORE}; from golongrl import local_server; print(local_server().url, flush=True); import time; time.sleep(60)"
        owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert owner.stdout is not None
        owner.stdout.readline()
        url = owner.stdout.readline().strip()
        owner.kill()
        owner.wait()
        owner.stdout.close()
        deadline = time.monotonic() + 30
        with self.assertRaises(Exception):
            while time.monotonic() < deadline:
                RewardClient(url, patience=0).score([ITEM])
                time.sleep(0.2)


class CommandTest(unittest.TestCase):
    def test_without_golongrl_and_npx_it_says_what_to_install(self) -> None:
        with unittest.mock.patch.dict("os.environ", {"PATH": "/nowhere", "GOLONGRL_COMMAND": ""}), self.assertRaisesRegex(NoServerError, "Node"):
            command()


if __name__ == "__main__":
    unittest.main()
