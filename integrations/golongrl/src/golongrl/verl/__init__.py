"""GoLongRL in verl: `plugin` (the estimator `tmn_grpo`), `reward` (the reward function), `trainer` and `main` (the trainer that
writes the task of a group into its uid, and the command that starts it). `docs/verl.md` says how they are used.
"""
