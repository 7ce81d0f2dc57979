"""What the checks share: a virtual environment with pinned packages and ours, and a running reward server."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent


def run(command: list[str], **options: Any) -> None:
    subprocess.run(command, check=True, cwd=ROOT, **options)


def pinned(requirements: Path, without_dependencies: Sequence[str] = ()) -> dict[str, str]:
    """The versions that the checks pin."""
    lines = requirements.read_text().splitlines()
    return dict(line.split("==", 1) for line in [*lines, *without_dependencies] if "==" in line)


def installed(python: Path, wanted: dict[str, str]) -> dict[str, str]:
    """What the environment has of them. A local part ("+cpu") does not count. Importing them to see would take minutes."""
    code = (
        "import json, sys; from importlib.metadata import distributions\n"
        "print(json.dumps({d.name.lower(): d.version.split('+')[0] for d in distributions() if d.name.lower() in sys.argv[1:]}))"
    )
    return json.loads(subprocess.run([str(python), "-c", code, *wanted], capture_output=True, check=True, text=True).stdout)


def environment(venv: Path, requirements: Path, packages: Sequence[Path], without_dependencies: Sequence[str] = ()) -> Path:
    """The environment's Python; installs what is missing. Our packages are installed anew: they are what is tested."""
    python = venv / "bin" / "python"
    if not python.exists():
        run([sys.executable, "-m", "venv", str(venv)])
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    wanted = pinned(requirements, without_dependencies)
    if installed(python, wanted) != wanted:
        run([*pip, "-r", str(requirements)])
        if without_dependencies:
            run([*pip, "--no-deps", *without_dependencies])
    with tempfile.TemporaryDirectory() as copy:
        # setuptools writes beside the sources.
        sources = [shutil.copytree(package, Path(copy) / package.name) for package in packages]
        run([*pip, "--no-deps", "--no-build-isolation", "--force-reinstall", *map(str, sources)])
    versions = [f"{name} {version}" for name, version in sorted(installed(python, wanted).items())]
    print(", ".join([f"Python {sys.version.split()[0]}", *versions]), flush=True)
    return python


@contextmanager
def reward_server(cli: list[str], *flags: str) -> Iterator[str]:
    """The URL of a running server."""
    process = subprocess.Popen(
        [*cli, "reward", "serve", "--port", "0", "--no-token", *flags], cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stderr is not None
        said = []
        # npm and Node may warn before the server speaks.
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"at (http://\S+):", line):
                break
        else:
            raise SystemExit(f"no server from {shlex.join(cli)} (built with `npm run build`?): {''.join(said)}")
        yield found[1]
    finally:
        # The whole group: `npx` would leave its child behind.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
