"""What the checks share: environments that uv installs with pinned packages and ours, scripts that run in them, a reward server."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent
PACKAGE = HERE / "golongrl"
UV = "uv==0.13.9"
# What pip is told here holds for uv; "unsafe" is how pip chooses among indexes: the best version of all.
SETTINGS = {
    "UV_INDEX_STRATEGY": "unsafe-best-match",
    "UV_FIND_LINKS": ",".join(os.environ.get("PIP_FIND_LINKS", "").split()),
    "UV_EXTRA_INDEX_URL": os.environ.get("PIP_EXTRA_INDEX_URL", ""),
    "UV_HTTP_TIMEOUT": "300",
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_NO_PROGRESS": "1",
}
# Of the scripts. Tiny models on a busy machine: threads would wait for each other.
QUIET = {
    "PYTHONWARNINGS": "ignore",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "OMP_NUM_THREADS": "1",
}
# Niceness of installations.
INSTALLS = 15
_one_at_a_time = threading.Lock()


def run(command: list[str], **options: Any) -> None:
    subprocess.run(command, check=True, cwd=ROOT, **options)


@dataclass(frozen=True)
class Needs:
    """An environment: its folder's name and what is installed there. `supposed_python` stands for the interpreter's own version."""

    name: str
    packages: tuple[str, ...]
    without_dependencies: tuple[str, ...] = ()
    python: tuple[int, int] | None = None
    supposed_python: str | None = None


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


def say_versions(python: Path, needs: Needs) -> None:
    versions = installed(python, pinned(needs))
    print(f"  {', '.join(f'{name} {version}' for name, version in sorted(versions.items()))}", flush=True)


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


def uv(folder: Path, *arguments: str) -> None:
    """Runs uv, from an environment of its own below the folder, behind the checks. Raises NotHereError with what it said."""
    own = folder / "uv"
    with _one_at_a_time:
        if not (own / "bin" / "uv").exists():
            run([sys.executable, "-m", "venv", str(own)])
            run([str(own / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", UV])
    given = {name: value for name, value in SETTINGS.items() if value and name not in os.environ}
    command = ["nice", "-n", str(max(0, INSTALLS - os.nice(0))), str(own / "bin" / "uv"), "--quiet", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **given}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotHereError(f"{shlex.join(command[3:])}: {done.stderr.strip()[-1500:]}")


def environment(folder: Path, needs: Needs) -> Path:
    """The environment's Python; installs what is missing. Our package is installed anew: it is what is tested."""
    venv = folder / needs.name
    python = venv / "bin" / "python"
    if not python.exists():
        uv(folder, "venv", "--python", interpreter(needs.python), str(venv))
    wanted = pinned(needs)
    if installed(python, wanted) != wanted:
        supposed = ["--python-version", needs.supposed_python] if needs.supposed_python else []
        install(python, *supposed, *needs.packages)
        if needs.without_dependencies:
            install(python, "--no-deps", *needs.without_dependencies)
    install_copy(python, PACKAGE)
    return python


def install(python: Path, *arguments: str) -> None:
    """Into the environment of an interpreter that `environment` made."""
    uv(python.parent.parent.parent, "pip", "install", "--python", str(python), *arguments)


def install_copy(python: Path, package: Path) -> None:
    """A package of ours from a copy, as a person installs it: builds write beside the sources."""
    with tempfile.TemporaryDirectory() as copy:
        install(python, "--no-deps", "--reinstall", str(shutil.copytree(package, Path(copy) / package.name)))


def run_script(python: Path, name: str, *arguments: object, cwd: Path, env: Mapping[str, str], minutes: float = 60) -> None:
    """A script of this folder; its own lines are shown, and all of them where it fails."""
    command = [str(python), str(HERE / "checks" / f"{name}.py"), *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=60 * minutes, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{shlex.join(command)} failed:\n{done.stdout[-4000:]}\n{done.stderr[-8000:]}")
    print("\n".join(line for line in done.stdout.splitlines() if line.startswith("  ")) or "  ok", flush=True)


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
