"""The lines that docs/trainers.md gives to the users of a trainer: the checks run these, not lines of their own."""

import re
from environment import ROOT

PAGE = ROOT / "docs" / "trainers.md"


def lines_for(trainer: str, language: str) -> str:
    """The block in a language under the heading of a trainer."""
    section = re.search(rf"^## {re.escape(trainer)}$(.*?)(?=^## |\Z)", PAGE.read_text(), re.M | re.S)
    found = section and re.search(rf"^```{language}\n(.*?)^```", section[1], re.M | re.S)
    if not found:
        raise SystemExit(f"{PAGE}: no {language} under {trainer}")
    return found[1]


def command_for(trainer: str, program: str) -> list[str]:
    """The words of the line that starts a program, its continuations joined, without a remark."""
    text = lines_for(trainer, "sh").replace("\\\n", " ")
    line = next(line for line in text.splitlines() if program in line.split("#")[0].split())
    return line.split("#")[0].split()


def flags_of(words: list[str]) -> dict[str, str]:
    """`--flag value` pairs, by name without dashes."""
    return {word[2:]: value for word, value in zip(words, words[1:], strict=False) if word.startswith("--")}


def demand_known(flags: dict[str, str], source: str, what: str) -> None:
    """Each flag must stand in the source of the program's parser."""
    unknown = [name for name in flags if f'"--{name}"' not in source]
    if unknown:
        raise SystemExit(f"{what} does not know --{', --'.join(unknown)}")
    print(f"  the page's flags are known to {what}: {', '.join(flags)}")
