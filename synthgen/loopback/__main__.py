"""`python -m synthgen.loopback`: serve until told to stop. The base URL is the first line printed."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from synthgen.errors import SynthgenError
from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings

_SHARES = {
    "rate-limited": "calls answered once by 429",
    "server-errors": "tries answered by 500, 502 or 503",
    "dropped-before": "tries hung up on before the headers",
    "dropped-after": "tries hung up on after the headers",
    "stalled": "tries never answered",
    "malformed": "tries answered by 200 with a body that is no answer",
    "cut": "good answers that are cut off, with finish reason length",
    "bad-share": "texts made too short or with a banned opener",
}
_FLAGS = {
    "rate-headers": "send x-ratelimit-* headers",
    "retry-after-ms": "send retry-after-ms besides Retry-After",
    "no-json-schema": "refuse response_format json_schema",
    "no-system-role": "refuse system messages",
    "reasoning": "send reasoning with the answers",
    "no-usage": "send no token counts",
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = vars(_parser().parse_args(arguments))
    port, log_path = options.pop("port"), options.pop("log")
    try:
        asyncio.run(serve(LoopbackSettings(**options), port, log_path))
    except (SynthgenError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def serve(settings: LoopbackSettings, port: int, log_path: Path | None) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Loopback(settings, port=port, log_path=log_path) as loopback:
        print(loopback.base_url, flush=True)
        await stop.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m synthgen.loopback", description=__doc__)
    defaults = {field.name: field.default for field in fields(LoopbackSettings)}
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--log", type=Path, help="a file to write each call to, as JSON lines")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--latency", type=_seconds, metavar="S or S-S", help="seconds, or a span of them")
    parser.add_argument("--capacity", type=int, help="429 to more calls than this at a time")
    parser.add_argument("--window-calls", type=int, help="429 to more calls than this in a window")
    parser.add_argument("--window-s", type=float, help="the window in seconds")
    parser.add_argument("--retry-after", type=float, help="seconds to say with 429")
    parser.add_argument("--stall-s", type=float, help="seconds until a stalled call is hung up on")
    parser.add_argument("--api-key", help="answer 401 without this key")
    parser.add_argument("--longest-input", type=int, help="answer 400 to texts to embed of more characters")
    parser.add_argument("--models", type=_names, metavar="NAME,NAME", help="answer 404 for other models")
    parser.add_argument("--refused-parameters", type=_names, metavar="NAME,NAME", help="answer 400 to these")
    for name, words in _SHARES.items():
        parser.add_argument(f"--{name}", type=float, metavar="SHARE", help=words)
    for name, words in _FLAGS.items():
        parser.add_argument(f"--{name}", action="store_true", help=words)
    parser.set_defaults(**defaults)
    return parser


def _seconds(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    return float(low), float(high or low)


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


if __name__ == "__main__":
    sys.exit(main())
