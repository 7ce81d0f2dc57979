"""A function out of a trainer's source by its name, where the module around it needs what this machine has not."""

import ast
from pathlib import Path
from typing import Any


def function_of(file: Path, name: str) -> Any:
    """The function or method as a plain function; names of its module are not bound."""
    tree = ast.parse(file.read_text())
    found = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name)
    found.decorator_list = []
    space: dict[str, Any] = {}
    exec(compile(ast.Module([ast.parse("from __future__ import annotations").body[0], found], []), str(file), "exec"), space)
    return space[name]


def keywords_of(file: Path, name: str) -> list[set[str]]:
    """The keywords of each call of a method in a file."""
    found = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == name]
    return [{keyword.arg or "**" for keyword in node.keywords} for node in found]
