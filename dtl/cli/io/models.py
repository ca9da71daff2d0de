"""The configuration of models and stores that a command uses: named, or found beside the program."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from dtl.ai.config.entries import AiConfig, find_config, load_config
from dtl.ai.config.tree import ConfigError
from dtl.ai.router import ConfiguredRouter


class NoConfig(Exception):
    """The configuration cannot be used; the text says why, a line for each mistake."""


def add_config_argument(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a configuration."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="models and vector stores, as YAML or TOML (default: dtl.toml in the program's folder or one above)",
    )


def router_of(config: str | None, script: str, warn: Callable[[str], None]) -> ConfiguredRouter:
    """Return what routes a program's requests.

    Args:
        config: The file that the command line names; None to look for one.
        script: The program's file; empty for none.
        warn: Takes lines about what is done otherwise than the program says.

    Raises:
        NoConfig: The configuration cannot be used.
    """
    path = config if config is not None else find_config(script)
    try:
        return ConfiguredRouter(AiConfig() if path is None else load_config(path), warn)
    except ConfigError as reason:
        raise NoConfig(str(reason)) from reason
