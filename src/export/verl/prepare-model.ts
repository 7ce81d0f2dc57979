/**
 * @file `prepare_model.py` of a job whose model has too few positions: a folder beside the model's, of links to its files, whose
 * `config.json` has the rotary scaling. Trainer and rollout engine then read the same.
 */
import type { RopeScaling } from '../../planning/context.ts';

/** A script of the standard library; it needs huggingface_hub only where MODEL is a hub id. */
export function prepareModelScript(rope: RopeScaling): string {
  const positions = Math.floor(rope.factor * rope.original_max_position_embeddings);
  return `"""Usage: prepare_model.py MODEL OUT. OUT gets links to MODEL's files and a config.json with ${positions} positions (YaRN, factor ${rope.factor})."""

import json
import sys
from pathlib import Path

POSITIONS = ${positions}
SCALING = json.loads('${JSON.stringify(rope)}')


def folder_of(model: str) -> Path:
    if Path(model).joinpath("config.json").is_file():
        return Path(model).resolve()
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(model))


def main(model: str, out: Path) -> None:
    source = folder_of(model)
    config = json.loads(source.joinpath("config.json").read_text())
    if config.get("max_position_embeddings", 0) < POSITIONS:
        config["max_position_embeddings"] = POSITIONS
        # transformers 5 keeps the base of the frequencies beside the scaling; older ones on top.
        own = config.get("rope_parameters") or {}
        base = {"rope_theta": own["rope_theta"]} if "rope_theta" in own else {}
        config["rope_parameters" if own else "rope_scaling"] = {**base, **SCALING}
    out.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        link = out / file.name
        if file.name != "config.json" and not link.exists():
            link.symlink_to(file)
    out.joinpath("config.json").write_text(json.dumps(config, indent=2))
    print(out)


main(sys.argv[1], Path(sys.argv[2]))
`;
}
