"""GoLongRL in verl. Importing the package registers the estimator `tmn_grpo`, which is all that a plugin of verl can do:

    VERL_USE_EXTERNAL_MODULES=golongrl_verl          (an import that fails ends the run)
    the entry point `verl.plugins` of this package   (found by itself; verl only logs a failure)

The estimator needs the task of each rollout, which verl gives to no estimator. `python -m golongrl_verl.main` starts verl's
own training with a trainer that writes the task into the group's uid (`golongrl_verl.trainer`).
"""

from golongrl_verl.estimator import ESTIMATOR_NAME, tmn_grpo
from golongrl_verl.tasks import TaskKeyError

__all__ = ["ESTIMATOR_NAME", "TaskKeyError", "tmn_grpo"]
