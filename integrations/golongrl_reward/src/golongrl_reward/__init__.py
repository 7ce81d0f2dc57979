"""GoLongRL's rewards in Python trainers: `golongrl_reward.verl`, `.trl`, `.openrlhf`, and the client under them."""

from golongrl_reward.client import RewardClient, RewardItemError, RewardServerError, shared_client

__all__ = ["RewardClient", "RewardItemError", "RewardServerError", "shared_client"]
