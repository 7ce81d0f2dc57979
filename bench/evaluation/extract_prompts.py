"""The reference's wording of the prompts, as a JSON file for `golongrl eval run --prompts`.

    python bench/evaluation/extract_prompts.py CHECKOUT > prompts.json

CHECKOUT is the folder of the paper's evaluation scripts (it holds lbv1qa_eval.py and evalscope/).
"""
import ast
import json
import sys
from pathlib import Path

root = Path(sys.argv[1])


def constant(path, name):
    """The value of a module's constant: a text, or a text with a method such as `.strip()` on it."""
    for node in ast.parse((root / path).read_text(encoding="utf8")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == name:
            return eval(compile(ast.Expression(node.value), path, "eval"), {})
    raise SystemExit(f"{path}: no {name}")


adapters = "evalscope/benchmarks/"
print(json.dumps({
    "document": constant(adapters + "docmath/docmath_adapter.py", "TEMPLATE_0SHOT"),
    "document-choice": constant(adapters + "longbench_v2/longbench_v2_adapter.py", "LONGBENCH_V2_TEMPLATE"),
    "choice": constant("evalscope/utils/multi_choices.py", "SINGLE_ANSWER_TEMPLATE_COT"),
    "choice-shots": constant(adapters + "mmlu_pro/mmlu_pro_adapter.py", "SYSTEM_W_EXAMPLES_PROMPT_TEMPLATE"),
    "memory-system": constant("longmemeval_eval.py", "READING_SYSTEM"),
    "memory-user": constant("longmemeval_eval.py", "HISTORY_TEMPLATE_JSON"),
    "judge-system": constant("corpusqa_eval.py", "JUDGE_SYSTEM"),
    "judge-user": constant("corpusqa_eval.py", "JUDGE_USER"),
    "memory-judge-system": constant("longmemeval_eval.py", "JUDGE_SYSTEM"),
    "memory-judge-user": constant("longmemeval_eval.py", "JUDGE_USER"),
}, ensure_ascii=False, indent=1))
