"""Builds the wheel of the Python package and imports it from there: `npm run check:wheel [-- --out DIR]` leaves the wheel in DIR.

Seconds; no torch. The wheel must hold what the package reads, say the version of package.json, and give the reference's advantages.
Standard library and pip.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "integrations/golongrl"
WANTED = ("golongrl/py.typed", "golongrl/task_keys.json", "golongrl/advantages.py", "golongrl/shared_prompt/__init__.py")
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
# What is imported must not come from the sources: only the wheel is on the path.
PROBE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import golongrl
from golongrl.advantages import estimate
row = json.loads(open(sys.argv[2]).readline())
found = estimate("tmn-reweight", row["rewards"], row["prompt_ids"], row["tasks"])
assert golongrl.__file__.startswith(sys.argv[1]), golongrl.__file__
assert len(found.advantages) == len(row["rewards"]) and "torch" not in sys.modules
"""


def build(out: Path) -> Path:
    """The wheel in `out`, made from a copy: setuptools writes beside the sources."""
    with tempfile.TemporaryDirectory() as folder:
        source = shutil.copytree(PACKAGE, Path(folder) / "golongrl")
        subprocess.run([*PIP, "wheel", "--no-deps", "--wheel-dir", str(out), str(source)], check=True)
    [wheel] = out.glob("golongrl-*.whl")
    return wheel


def check(wheel: Path, target: Path) -> None:
    version = json.loads((ROOT / "package.json").read_text())["version"]
    if not wheel.name.startswith(f"golongrl-{version}-py3-none-any"):
        raise SystemExit(f"{wheel.name}: expected version {version}, for every Python 3 and platform")
    names = zipfile.ZipFile(wheel).namelist()
    missing = [name for name in WANTED if name not in names]
    if missing:
        raise SystemExit(f"{wheel.name} is without {', '.join(missing)}")
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(target), str(wheel)], check=True)
    golden = ROOT / "test/golden/advantages.jsonl"
    subprocess.run([sys.executable, "-I", "-c", PROBE, str(target), str(golden)], check=True)
    print(f"{wheel.name}: {len(names)} files, imports, gives advantages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="where the wheel is left")
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wheel = build(work / "wheel")
        check(wheel, work / "site")
        if out:
            out.mkdir(parents=True, exist_ok=True)
            shutil.copy(wheel, out)


main()
