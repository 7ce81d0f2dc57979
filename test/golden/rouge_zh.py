"""Makes rouge_zh.jsonl: Chinese summaries with the ROUGE-L that the Python originals give them, jieba cutting the words.

    python -m venv VENV && VENV/bin/pip install rouge==1.0.1 jieba==0.42.1
    VENV/bin/python test/golden/rouge_zh.py [SEED] > test/golden/rouge_zh.jsonl

The sentences are put together from the words below. The lines around `rouge` and `jieba` state what the reference's `Summary`
does with them: the whole output is scored, thinking and marks included; the best reference counts. Another seed gives other rows,
which `golongrl score --profile paper` must score alike.
"""

import json
import logging
import random
import re
import sys

import jieba
from rouge import Rouge

jieba.setLogLevel(logging.ERROR)
# A backtracking that is too deep scores 0, so that the limit is part of the definition.
sys.setrecursionlimit(1000)

SUBJECTS = "委员会 市长 学校 船长 农民 科学家 工程师 老师 商人 游客 记者 法官".split()
VERBS = "决定 建议 同意 开始 计划 拒绝 继续 希望 准备 停止".split()
ACTS = "重建 修理 研究 出售 参观 保护 测量 讨论 购买 记录".split()
OBJECTS = "旧桥 图书馆 河流 历史 货车 森林 报告 铁路 港口 花园 合同 地图 疫苗 数据库 电影院".split()
TAILS = "，因为冬天太冷|，但是没有足够的钱|，并且通知了邻居|在2024年春天|以12.5%的价格|和GPT模型|，花费3.14亿元".split("|")
THOUGHTS = ["<think>\n先读全文。\n</think>\n", "</think>", "<think>想</think>"]
MARKS = ["[答案]\n", "[Answer]\n", ""]
TASKS = ["T4.1 Global-Coverage Constrained Summary", "T4.2 Query-Focused Summary"]


def sentence(draw: random.Random) -> str:
    words = "".join(draw.choice(kind) for kind in (SUBJECTS, VERBS, ACTS, OBJECTS))
    tail = draw.choice(TAILS) if draw.random() < 0.6 else ""
    return words + tail + draw.choice(["。", "。", "；", "."])


def answer(draw: random.Random, references: list[str]) -> str:
    if draw.random() >= 0.8:
        return draw.choice(references)
    # Own sentences beside beginnings of references: scores from nothing to nearly everything.
    return "".join(
        draw.choice([sentence(draw), draw.choice(references)[: draw.randint(4, 40)]]) for _ in range(draw.randint(1, 4))
    )


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().lower()


def rouge_l(output: str, references: list[str]) -> float:
    cut = [" ".join(jieba.cut(fold(text), cut_all=False)) for text in [output, *references]]
    try:
        return max(Rouge().get_scores(cut[0], reference)[0]["rouge-l"]["f"] for reference in cut[1:])
    except (ValueError, RecursionError):
        return 0.0


def row(draw: random.Random) -> dict:
    references = ["".join(sentence(draw) for _ in range(draw.randint(1, 5))) for _ in range(draw.randint(1, 3))]
    said = answer(draw, references)
    output = draw.choice(THOUGHTS) + draw.choice(MARKS) + said
    return {
        "data_source": "longbench_pro",
        "solution_str": output,
        "ground_truth": {"doc_ids": references, "summary": "Chinese"},
        "extra_info": {"reward_mode": draw.choice(TASKS)},
        "score": rouge_l(output, references),
    }


if __name__ == "__main__":
    source = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 20260523)
    for _ in range(150):
        print(json.dumps(row(source), ensure_ascii=False))
