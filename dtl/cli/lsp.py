"""Serve an editor over the standard streams, or over a port of this machine; started by editors, not by people."""

from __future__ import annotations

import argparse
from importlib import import_module

from dtl.cli.io.console import Console
from dtl.cli.io.exits import Exit

SUMMARY = "serve an editor (language server)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--stdio", action="store_true", help="use the standard streams (the default)")
    parser.add_argument(
        "--tcp", type=int, metavar="PORT", help="listen on 127.0.0.1 instead, for one client; 0: any port"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Serve one client until it leaves."""
    # Nothing in dtl imports the protocol.
    if arguments.tcp is None:
        return int(import_module("dtl.lsp.server").serve_stdio())
    try:
        return int(import_module("dtl.lsp.tcp").serve_tcp(arguments.tcp))
    except (OSError, OverflowError) as reason:
        console.error(f"cannot listen on port {arguments.tcp}: {reason}")
        return Exit.USAGE
