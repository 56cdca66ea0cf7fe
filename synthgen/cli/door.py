"""The one translator of errors: told ones in a line, bugs into a log file, Ctrl-C as 130."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from synthgen import __version__
from synthgen.cli.talk import fault_of, mute, open_streams, say
from synthgen.errors import FileError, SynthgenError

PROGRAM = "synthgen"
INTERRUPTED = 130
BUG = 3
_SECRET_NAME = re.compile(r"(_|^)(KEY|TOKEN|SECRET|PASSWORD)$")
_URL_SECRET = re.compile(r"(?<=://)[^/\s@]+@")
# Shorter values are placeholders like "EMPTY", which also stand in ordinary words.
_SHORTEST_SECRET = 6
_BAD_NAMES = (errno.ENAMETOOLONG, errno.ELOOP)


def pass_through(command: click.Command, args: Sequence[str] | None) -> int:
    """Run a command and return its exit code; whatever it raises is told on stderr in one line."""
    open_streams()
    try:
        code = command.main(args, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except SynthgenError as error:
        return tell(error)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _tell_usage(error)
    except (click.Abort, KeyboardInterrupt):
        say_error("interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        mute(sys.stdout)
        return 1
    except OSError as error:
        return _tell_system(error)
    except Exception as error:
        return _tell_bug(error)
    return code if isinstance(code, int) else 0


def tell(error: Exception) -> int:
    """Say an error on stderr and return the exit code for it."""
    if not isinstance(error, SynthgenError):
        return _tell_bug(error)
    message = error.message if error.message.endswith((".", "!", "?")) else f"{error.message}."
    say_error(f"{message} Hint: {error.hint}" if error.hint else message)
    return error.exit_code


def say_error(message: str) -> None:
    """Write one line to stderr: a server's words may hold line ends and control characters."""
    line = " ".join(part.strip() for part in message.splitlines() if part.strip())
    say("Error: " + "".join(char if char.isprintable() else "?" for char in line))


def _tell_usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    where = context.command_path if context else PROGRAM
    say_error(f"{error.format_message()} Hint: see `{where} --help`.")
    return error.exit_code


def _tell_system(error: OSError) -> int:
    """Tell what the system refuses: to write to stdout, or a name that no file can have. Anything else is a bug."""
    for name, stream in (("stdout", sys.stdout), ("stderr", sys.stderr)) if error.filename is None else ():
        if fault := fault_of(stream):
            mute(stream)  # or Python would try once more when it ends
            hint = "send it to a file or to another command."
            return tell(FileError(f"{name}: cannot be written: {fault}.", hint=hint))
    if error.errno in _BAD_NAMES and error.filename is not None:
        return tell(FileError(f"{error.filename}: {error.strerror}.", hint="give another path."))
    return _tell_bug(error)


def _tell_bug(error: Exception) -> int:
    kind = type(error).__name__
    text = f"synthgen {__version__}, Python {sys.version}, {sys.platform}\n{' '.join(sys.argv)}\n\n"
    text = redacted(text + "".join(_trace(error)), os.environ)
    name = f"synthgen-bug-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    for folder in (Path(), Path(tempfile.gettempdir())):
        # The working directory may be gone, or belong to somebody else.
        with contextlib.suppress(OSError):
            log = folder.absolute() / name
            log.write_text(text, encoding="utf-8")
            say_error(f"a bug in synthgen ({kind}). Hint: please report it with {log}.")
            return BUG
    say_error(f"a bug in synthgen ({kind}), and no folder to write its log to. Hint: please report it.")
    return BUG


def _trace(error: BaseException) -> Iterator[str]:
    """Yield where an error came from, the deepest cause first, by kinds alone: its words may quote a transcript."""
    if (cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__)) is not None:
        yield from _trace(cause)
        yield "\nwhich led to:\n\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"


def redacted(text: str, environ: Mapping[str, str]) -> str:
    """Return a text without the keys that the environment holds, and without passwords in addresses."""
    secrets = [value for name, value in environ.items() if _SECRET_NAME.search(name.upper())]
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "[redacted]")
    return _URL_SECRET.sub("[redacted]@", text)
