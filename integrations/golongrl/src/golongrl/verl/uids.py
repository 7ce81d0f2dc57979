"""The task of a group, into the group's uid and out of it again: the one thing of a row that verl gives to an estimator."""

from urllib.parse import quote, unquote

from golongrl.tasks import TaskKeyError

# Stands between task and uid. verl splits a trajectory's key at underscores, so neither may hold one.
SEPARATOR = "~"
# uid of the rows that verl adds to make a batch divisible: they belong to no task and carry no loss.
PADDING = "pad"


def uid_with_task(task: str, uid: str) -> str:
    """`F1%5FScore~5f0c...`: percent-encoded, because verl splits keys at underscores."""
    encoded = quote(task, safe="").replace("_", "%5F").replace(SEPARATOR, "%7E")
    return f"{encoded}{SEPARATOR}{uid}"


def is_padding(uid: str) -> bool:
    return uid.startswith(PADDING) and SEPARATOR not in uid


def task_of(uid: str) -> str:
    """The task that `uid_with_task` wrote. Raises TaskKeyError."""
    encoded, separator, _ = uid.partition(SEPARATOR)
    task = unquote(encoded)
    if not separator or not task:
        raise TaskKeyError(
            f"uid {uid[:80]!r}: carries no task. tmn_grpo needs the trainer of `python -m golongrl.verl.main`, which writes "
            "the task into the uid of every group."
        )
    return task
