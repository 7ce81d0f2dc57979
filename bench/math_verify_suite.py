"""Reads the pairs of Math-Verify's own test suite as data; prints one JSON object a line: file, test, gold, pred, expected.

Usage: python math_verify_suite.py TESTS
TESTS is the folder `tests` of a checkout or of the source distribution (`pip download --no-binary :all: math-verify`).
Nothing is imported or run: the parameters stand in the modules as literals.
"""

import ast
import json
import sys
from pathlib import Path


def rows_of(call: ast.Call):
    names = ast.literal_eval(call.args[0])
    names = [name.strip() for name in (names.split(",") if isinstance(names, str) else names)]
    if not {"gold", "pred"} <= set(names) or not {"expected", "result"} & set(names):
        return
    for element in getattr(call.args[1], "elts", []):
        try:
            values = ast.literal_eval(element)
        except ValueError:
            continue
        row = dict(zip(names, values))
        yield {**row, "expected": bool(row.get("expected", row.get("result")))}


def main() -> None:
    for path in sorted(Path(sys.argv[1]).glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") == "parametrize":
                    for row in rows_of(decorator):
                        print(json.dumps({"file": path.name, "test": node.name, **row}, ensure_ascii=False))


main()
