"""GoLongRL in TRL: the reward function, and `golongrl.trl.trainer` with TMN-Reweight and dynamic sampling in its GRPOTrainer."""

from golongrl.trl.reward import reward_func

__all__ = ["reward_func"]
