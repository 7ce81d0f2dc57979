"""Comparison of a trainer's rewards with those of `golongrl score`."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def read_rows(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(file).read_text().splitlines()]


def demand_same(
    what: str, got: Iterable[float], expected: Iterable[float], reference: str = "`golongrl score`", tolerance: float = 1e-6
) -> None:
    """Prints how many agree with the reference; ends the check where one does not."""
    pairs = list(zip(got, expected, strict=True))
    wrong = [(i, a, b) for i, (a, b) in enumerate(pairs) if not abs(a - b) <= tolerance]
    distinct = len({round(b, 6) for _, b in pairs})
    print(f"  {what}: {len(pairs) - len(wrong)} of {len(pairs)} equal {reference} ({distinct} distinct values)", flush=True)
    if wrong or distinct < 2:
        raise SystemExit(f"{what}: (row, got, expected) {wrong[:5]}" if wrong else f"{what}: all values are the same")
