"""Ray on this machine, started again where its processes were not up in the half minute that it gives them."""

from typing import Any

import ray

TRIES = 5
TOO_SLOW = "timed out during startup"


def start_ray(**settings: Any) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            ray.init(include_dashboard=False, log_to_driver=False, **settings)
            return
        except Exception as error:
            if TOO_SLOW not in str(error) or attempt == TRIES:
                raise
            ray.shutdown()
