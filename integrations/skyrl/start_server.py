"""Starts SkyRL's Tinker server with the JAX backend from a plain virtual environment.

SkyRL wants to be started by `uv run` and reads its parent's command line to start its engine process the same way. This
script starts the engine with the running interpreter instead and takes the server's own flags; nothing else is changed.

    python integrations/skyrl/start_server.py --base-model DIR --data DIR [--port 8000] [--backend-config JSON]
"""

import argparse
import json
import os
import sys
from pathlib import Path

# Before JAX is imported. A server on GPUs sets JAX_PLATFORMS itself.
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("HF_HUB_OFFLINE", "1")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-model", required=True, help="folder of the model; clients name it by the same string")
    parser.add_argument("--data", required=True, type=Path, help="folder for the database and the checkpoints")
    parser.add_argument("--host", default="127.0.0.1", help="the server has no authentication: leave it on this machine")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--backend-config", default='{"max_lora_adapters": 4, "max_lora_rank": 8}')
    parser.add_argument("--session-timeout", type=int, default=300, help="seconds without a heartbeat")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    import uvicorn
    from skyrl.tinker import api
    from skyrl.tinker.config import EngineConfig, config_to_argv
    from skyrl.utils.log import get_uvicorn_log_config

    data = arguments.data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    config = EngineConfig(
        base_model=arguments.base_model,
        backend="jax",
        backend_config=json.loads(arguments.backend_config),
        checkpoints_base=str(data / "checkpoints"),
        database_url=f"sqlite:///{data / 'tinker.db'}",
        session_timeout_sec=arguments.session_timeout,
    )
    api._build_uv_run_cmd_engine = lambda _parent, engine: [
        sys.executable,
        "-m",
        "skyrl.tinker.engine",
        *config_to_argv(engine),
    ]
    api.app.state.engine_config = config
    uvicorn.run(api.app, host=arguments.host, port=arguments.port, log_config=get_uvicorn_log_config())


if __name__ == "__main__":
    main()
