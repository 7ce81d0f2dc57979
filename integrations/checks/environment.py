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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent


def run(command: list[str], **options: Any) -> None:
    subprocess.run(command, check=True, cwd=ROOT, **options)


@dataclass(frozen=True)
class Needs:
    """An environment: its folder's name and what pip installs there. Checks with one name share it."""

    name: str
    packages: tuple[str, ...]
    without_dependencies: tuple[str, ...] = ()
    python: tuple[int, int] | None = None
    ignore_python: bool = False


class NotHereError(RuntimeError):
    """This machine cannot have the environment; says why."""


def pinned(needs: Needs) -> dict[str, str]:
    """The versions that the checks pin, by name without extras."""
    lines = [line for line in [*needs.packages, *needs.without_dependencies] if "==" in line]
    return dict(re.sub(r"\[.*?\]", "", line).split("==", 1) for line in lines)


def installed(python: Path, wanted: Iterable[str]) -> dict[str, str]:
    """What the environment has of them. A local part ("+cpu") does not count. Importing them to see would take minutes."""
    code = (
        "import json, sys; from importlib.metadata import distributions\n"
        "found = {d.name.lower(): (d.name, d.version.split('+')[0]) for d in distributions()}\n"
        "print(json.dumps({name: found[name.lower()][1] for name in sys.argv[1:] if name.lower() in found}))"
    )
    return json.loads(subprocess.run([str(python), "-c", code, *wanted], capture_output=True, check=True, text=True).stdout)


def interpreter(version: tuple[int, int] | None) -> str:
    """A Python of the version: this one, one on PATH, or one of pyenv's. Raises NotHereError."""
    if version is None or sys.version_info[:2] == version:
        return sys.executable
    name = f"python{version[0]}.{version[1]}"
    folders = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(f"versions/{version[0]}.{version[1]}*/bin"))
    for candidate in (shutil.which(name), *(str(folder / name) for folder in folders)):
        if candidate and subprocess.run([candidate, "--version"], capture_output=True, check=False).returncode == 0:
            return candidate
    raise NotHereError(f"needs Python {version[0]}.{version[1]}, and there is no {name} here")


def environment(folder: Path, needs: Needs, packages: Sequence[Path]) -> Path:
    """The environment's Python; installs what is missing. Our packages are installed anew: they are what is tested."""
    venv = folder / needs.name
    python = venv / "bin" / "python"
    if not python.exists():
        run([interpreter(needs.python), "-m", "venv", str(venv)])
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    wanted = pinned(needs)
    if installed(python, wanted) != wanted:
        run([*pip, *(["--ignore-requires-python"] if needs.ignore_python else []), *needs.packages])
        if needs.without_dependencies:
            run([*pip, "--no-deps", *needs.without_dependencies])
    with tempfile.TemporaryDirectory() as copy:
        # setuptools writes beside the sources.
        sources = [shutil.copytree(package, Path(copy) / package.name) for package in packages]
        run([*pip, "--no-deps", "--force-reinstall", *map(str, sources)])
    versions = [f"{name} {version}" for name, version in sorted(installed(python, wanted).items())]
    print(f"  {', '.join(versions)}", flush=True)
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
