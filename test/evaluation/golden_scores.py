"""Scores of the Python originals on the rows of golden-rows.ts.

The originals are not part of this repository. --reference names the folder of the paper's evaluation scripts (it holds
mrcr_eval.py and evalscope/), --bfcl the folder of the installed package bfcl_eval. Functions are taken out of the files one by
one, so that the files' other imports (servers, tokenizers) need not be installed. Needs math-verify 0.8.0, numpy and sympy.
"""
import argparse
import ast
import json
import math
import re
import string
import types
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import numpy
from sympy import Rational


class Quiet:
    def error(self, *_):
        pass


def functions(path, names, **extra):
    """Executes the named functions and the constants of a file in a namespace of their own."""
    tree = ast.parse(Path(path).read_text(encoding="utf8"))
    wanted = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in names:
            node.decorator_list = []
            node.returns = None
            for argument in node.args.args:
                argument.annotation = None
            wanted.append(node)
    space = dict(re=re, json=json, math=math, string=string, unicodedata=unicodedata, Counter=Counter,
                 SequenceMatcher=SequenceMatcher, np=numpy, Rational=Rational, logger=Quiet(), **extra)
    exec(compile(ast.Module(wanted, []), str(path), "exec"), space)
    return space


def expression(path, function, target):
    """The expression assigned to `target` inside a function, as a function of `content`."""
    tree = ast.parse(Path(path).read_text(encoding="utf8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Assign) and isinstance(inner.targets[0], ast.Name) and inner.targets[0].id == target:
                    code = compile(ast.Expression(inner.value), str(path), "eval")
                    return lambda content: eval(code, {"content": content})
    raise SystemExit(f"no {target} in {function} of {path}")


def condition(path, function):
    """The test of the `if` that reads the judge in evalscope's adapters."""
    tree = ast.parse(Path(path).read_text(encoding="utf8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            for inner in ast.walk(node):
                if isinstance(inner, ast.If) and "orm_response" in ast.unparse(inner.test):
                    code = compile(ast.Expression(inner.test), str(path), "eval")
                    return lambda content: eval(code, {"orm_response": content})
    raise SystemExit(f"no verdict in {function} of {path}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows")
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--bfcl", type=Path, required=True)
    options = parser.parse_args()
    root, benchmarks = options.reference, options.reference / "evalscope/benchmarks"

    mrcr = functions(root / "mrcr_eval.py", {"strip_thinking", "grade"})
    frames = functions(root / "score_frame.py", {"normalize", "cem", "strip_think"})
    frames_adapter = functions(benchmarks / "frames/frames_adapter.py", {"extract_answer"})
    docmath = functions(benchmarks / "docmath/utils.py", {
        "round_up_to_decimal", "is_number", "is_scientific_number", "normalize", "extract_answer", "within_eps",
        "compare_two_numbers", "get_acc"})
    f1 = functions(root / "score_jsonl.py", {"normalize_zh", "normalize_en", "is_chinese", "tokenize", "f1_score", "compute_f1"})
    choices = functions(root / "evalscope/utils/multi_choices.py", {"parse_answers", "_fallback_parse_answer", "answer_character"},
                        Optional=None, TaskState=None)
    corpus = functions(root / "corpusqa_eval.py", {"strip_think", "extract_answer"})
    lbv1 = functions(root / "lbv1qa_eval.py", {"strip_think", "extract_answer", "llm_score", "middle_truncate"}, print=lambda *_: None)
    memory = functions(options.bfcl / "eval_checker/agentic_eval/agentic_checker.py", {"agentic_checker", "standardize_string"})
    from math_verify import parse, verify
    aime = functions(root / "judge_aime.py", {"math_verify_from_sky"}, parse=parse, verify=verify)

    def letter(text):
        state = types.SimpleNamespace(output=types.SimpleNamespace(completion=text), choices=list("ABCD"))
        return "".join(sorted(choices["parse_answers"](state)))

    scorers = {
        "sequence-ratio": lambda a, b: SequenceMatcher(None, a, b).ratio(),
        "mrcr-grade": lambda text, answer, key: mrcr["grade"](mrcr["strip_thinking"](text.strip()), answer, key),
        "cover-match": lambda text, gold: int(frames["cem"](frames["strip_think"](text), gold)),
        "docmath-answer": lambda text: docmath["extract_answer"](text.split("</think>", 1)[-1]),
        "docmath-equals": lambda answer, kind, gold: docmath["get_acc"](answer, gold, kind),
        "token-f1": lambda text, *golds: f1["compute_f1"](text, list(golds)),
        "choice-letter": letter,
        "verdict-contains-yes": lambda text: int(condition(benchmarks / "docmath/docmath_adapter.py", "llm_match_score")(text)),
        "verdict-yes-not-no": None,
        "verdict-first-bracket": lambda text: lbv1["llm_score"](text),
        "verdict-correct-not-incorrect": None,
        "corpusqa-answer": lambda text: corpus["extract_answer"](corpus["strip_think"](text.strip())),
        "longbench-answer": lambda text: lbv1["extract_answer"](lbv1["strip_think"](text.strip())),
        "frames-answer": lambda text: frames_adapter["extract_answer"](None, text, None),
        "memory-answer": lambda text, *golds: int(memory["agentic_checker"](text, list(golds))["valid"]),
        "middle-truncate": lambda text, limit: lbv1["middle_truncate"](text, int(limit)),
        "aime": lambda text, gold: aime["math_verify_from_sky"](text, gold),
    }
    yes = expression(root / "corpusqa_eval.py", "judge_one", "correct")
    correct = expression(root / "longmemeval_eval.py", "judge_one", "correct")
    scorers["verdict-yes-not-no"] = lambda text: int(yes(text))
    scorers["verdict-correct-not-incorrect"] = lambda text: int(correct(text))

    results = {}
    for line in open(options.rows, encoding="utf8"):
        row = json.loads(line)
        results.setdefault(row["scorer"], []).append(scorers[row["scorer"]](*row["args"]))
    print("{")
    print(",\n".join(f"{json.dumps(name)}: {json.dumps(values, separators=(',', ':'))}" for name, values in results.items()))
    print("}")


main()
