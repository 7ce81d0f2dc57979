"""A group's prompt paid once: its rollouts as leaves of one packed sequence, in any causal model of Hugging Face.

    enable(model)                                   # its attention; other calls of the model stay as they are
    packed = pack([Group(prompt, leaves)])          # prompt [P] and leaves [R] of token ids
    logprobs = leaf_logprobs(model, packed)         # one [R] tensor a leaf, with gradients

The prompt attends to itself, a leaf to the prompt and to itself. Both parts of a leaf's attention run without a mask and are
joined by their log-sum-exps, so that memory grows with the tokens, not with their square. The values are those of separate
sequences, up to rounding. Needs torch and transformers 5.
"""

from golongrl.shared_prompt.attention import enable
from golongrl.shared_prompt.logprobs import LeafScores, leaf_logprobs, leaf_scores
from golongrl.shared_prompt.packing import Group, Packed, group_rows, pack

__all__ = ["Group", "LeafScores", "Packed", "enable", "group_rows", "leaf_logprobs", "leaf_scores", "pack"]
