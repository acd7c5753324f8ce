"""`sidebar` and `sidebar run`."""

import gc
import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sidebar.paths import Home

if TYPE_CHECKING:  # a plain start is read without it
    import argparse


def run(options: "argparse.Namespace | SimpleNamespace") -> int:
    """Start the sidebar; `--demo` shows sample shop data in a home that is thrown away afterwards."""
    # A start makes next to nothing that is not kept, and looking through it again and again takes a
    # tenth of the time to the first paint; `app` has the collector work once all stands.
    gc.disable()
    from sidebar.qt.imports import import_plainly

    import_plainly()
    from sidebar.app import Start
    from sidebar.app import run as run_app

    start = Start(
        home=Home.choose(options.home),
        platform=options.platform,
        client=options.client or "",
        log_level=getattr(logging, options.log_level.upper()) if options.log_level else logging.INFO,
    )
    if not options.demo:
        return run_app(start)
    from sidebar.demo import demo_home

    with demo_home() as home:
        return run_app(
            Start(home=home, platform=start.platform, client=start.client, log_level=start.log_level)
        )
