"""An exported folder in the real NeMo-Gym: its server class, asked over HTTP with the rows of its data and scripted responses.

Usage: nemo_gym_server.py EXPORT EXPECTED.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

from fastapi.testclient import TestClient
from nemo_gym.openai_utils import NeMoGymResponse
from nemo_gym.server_utils import ServerClient
from omegaconf import OmegaConf
from same import demand_same, read_rows


def response(text: str) -> dict[str, Any]:
    """What a model server of NeMo-Gym answers."""
    part = {"annotations": [], "text": text, "type": "output_text"}
    message = {"id": "m", "content": [part], "role": "assistant", "status": "completed", "type": "message"}
    shape = {"id": "r", "created_at": 0.0, "model": "scripted", "object": "response", "output": [message]}
    whole = NeMoGymResponse(**shape, parallel_tool_calls=True, tool_choice="auto", tools=[])
    return whole.model_dump(mode="json")


def main(export: Path, expected_file: str) -> None:
    spec = importlib.util.spec_from_file_location("app", export / "app.py")
    assert spec is not None and spec.loader is not None
    app = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(app)
    config = OmegaConf.load(next((export / "configs").glob("*.yaml")))
    name = export.name.replace("-", "_")
    own = config[name].resources_servers[name]
    kind = app.GolongResourcesServer.model_fields["config"].annotation
    server = app.GolongResourcesServer(
        config=kind(host="127.0.0.1", port=1, name=name, entrypoint=own.entrypoint, domain=own.domain),
        server_client=MagicMock(spec=ServerClient),
    )
    rows = {row["id"]: row for row in read_rows(str(export / "data" / "train.jsonl"))}
    got, wanted = [], []
    with TestClient(server.setup_webserver()) as client:
        for row in read_rows(expected_file):
            answer = client.post("/verify", json={**rows[row["id"]], "response": response(row["response"])})
            answer.raise_for_status()
            body = answer.json()
            got.append(body["reward"])
            wanted.append(row["score"])
            if body["metric"] != row["reward"]["metric"] or body["mask_sample"]:
                raise SystemExit(f"verify answered {body}")
        results = [{"reward": value, "_ng_task_index": i // 2, "_ng_rollout_index": i % 2} for i, value in enumerate(got)]
        aggregated = client.post("/aggregate_metrics", json={"verify_responses": results})
    demand_same("rewards of POST /verify", got, wanted)
    print(f"  POST /aggregate_metrics: {aggregated.status_code}; data sets of the configuration: {_datasets(config, name)}")


def _datasets(config: Any, name: str) -> list[str]:
    agent = config[f"{name}_simple_agent"].responses_api_agents.simple_agent
    return [f"{entry.name} ({Path(entry.jsonl_fpath).name})" for entry in agent.datasets]


main(Path(sys.argv[1]), sys.argv[2])
