"""Run the server: `python -m tests.support.model_server --port 0 --ledger FILE --plan JSON`; it prints its port."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from tests.support.model_server.http import serve
from tests.support.model_server.ledger import Ledger
from tests.support.model_server.plan import Plan
from tests.support.model_server.service import Service


async def _run(arguments: argparse.Namespace) -> None:
    given = arguments.plan
    plan = Plan.from_json(Path(given[1:]).read_text() if given.startswith("@") else given)
    ledger = Ledger(arguments.ledger) if arguments.ledger else None
    server = await serve(Service(plan), ledger, arguments.port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    """Read the arguments and serve until killed."""
    parser = argparse.ArgumentParser(prog="model_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 for any free one")
    parser.add_argument("--ledger", metavar="FILE", help="where a JSON line goes for each request")
    parser.add_argument("--plan", metavar="JSON|@FILE", default="{}", help="the fields of Plan that differ")
    asyncio.run(_run(parser.parse_args()))


if __name__ == "__main__":
    main()
