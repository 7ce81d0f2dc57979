"""TRL's padded batches through `golongrl.shared_prompt`: rows of one prompt become one group."""

from typing import Any

import torch


def shared_scores(
    model: Any, input_ids: torch.Tensor, attention_mask: torch.Tensor, logits_to_keep: int, temperature: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """[D, T] log-probabilities and entropies of the last `logits_to_keep` places; 0 where nothing stands."""
    from golongrl.shared_prompt import Group, group_rows, leaf_scores, pack

    cut = input_ids.shape[1] - logits_to_keep
    prompts = [ids[:cut][mask[:cut].bool()] for ids, mask in zip(input_ids, attention_mask, strict=True)]
    masks = attention_mask[:, cut:].bool()
    groups = [[row for row in rows if masks[row].any()] for rows in group_rows(prompts)]
    order = [row for rows in groups for row in rows]
    packed = pack([Group(prompts[rows[0]], [input_ids[row, cut:][masks[row]] for row in rows]) for rows in groups if rows])
    scores = leaf_scores(model, packed, temperature)
    # Leaves stand in the order of the groups, places in that of the rows.
    by_row = sorted(range(len(order)), key=order.__getitem__)
    empty = torch.zeros(masks.shape, dtype=torch.float32, device=input_ids.device)
    logps, entropies = (torch.cat([values[place] for place in by_row]).float() for values in (scores.logprobs, scores.entropies))
    return empty.masked_scatter(masks, logps), empty.masked_scatter(masks, entropies)
