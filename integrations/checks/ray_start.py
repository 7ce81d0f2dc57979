"""Ray on this machine, with little beside it: it gives its processes 15 seconds to be up, whatever else runs here."""

from typing import Any

import psutil
import ray
import ray._private.utils

TRIES = 5
TOO_SLOW = "timed out during startup"


def start_ray(**settings: Any) -> None:
    # Where this names a missing package, Ray starts its agent without the pages of its dashboard.
    ray._private.utils.get_dashboard_dependency_error = lambda: ImportError("not needed here")
    for attempt in range(1, TRIES + 1):
        try:
            ray.init(include_dashboard=False, log_to_driver=False, **settings)
            return
        except Exception as error:
            if TOO_SLOW not in str(error) or attempt == TRIES:
                raise
            # What came up of it stays, and would slow the next one.
            for child in psutil.Process().children(recursive=True):
                child.kill()
                child.wait()
