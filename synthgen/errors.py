"""Every error that synthgen tells its user.

    SynthgenError
    ├── UsageError              an option or argument that cannot be
    ├── SpecError               a topic spec that is not one
    ├── TemplateError           a prompt template that is missing or does not render
    ├── ModelError              a model that cannot be spoken to
    │   ├── ModelNameError      a name that no backend knows
    │   ├── ModelFileError      a model file that is missing or damaged
    │   ├── AuthError           no key, a wrong key, a forbidden model
    │   ├── BadRequestError     the server refuses the request for good
    │   │   └── TooLongError        its text does not fit the model's context
    │   ├── AdaptedError        the server takes less than was asked; the backend now asks otherwise (retry at once)
    │   │   ├── SystemRoleError     no system message: it is folded into the first user message
    │   │   ├── SchemaError         no JSON-schema decoding: the schema is asked for in words
    │   │   └── ParameterError      no such parameter: it is renamed or left out
    │   ├── RateLimitError      too many requests (retryable)
    │   ├── ServerError         the server failed (retryable)
    │   ├── ConnectionLostError no connection, or it broke (retryable)
    │   ├── StalledError        no answer in time (retryable)
    │   └── MalformedReplyError an answer that is not one (retryable)
    ├── MissingExtraError       a package that an extra brings is not installed
    ├── FileError               a file of rows that cannot be read or written
    ├── PublishError            a dataset that the Hugging Face Hub does not take
    ├── BudgetError             the next request does not fit the budget
    └── RunError                a run folder that cannot be used
        ├── RunLockedError      another process is at work on it
        ├── RunChangedError     its spec, templates or models have changed
        └── DiskError           the disk is full or refuses

`retryable` is what the caller reads to try again; nothing reads the text of a message.
"""

from __future__ import annotations

import re

# The end of a sentence, with what may close behind it.
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")


class SynthgenError(Exception):
    """An error that says where and what; `hint` says what next; `exit_code` ends the command."""

    retryable = False
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        message = self.message.rstrip()
        sentence = message if not message or _ENDED.search(message) else f"{message}."
        return f"{sentence} Hint: {self.hint}" if self.hint else sentence


class UsageError(SynthgenError):
    exit_code = 2


class SpecError(SynthgenError):
    pass


class TemplateError(SynthgenError):
    pass


class ModelError(SynthgenError):
    pass


class ModelNameError(ModelError):
    exit_code = 2


class ModelFileError(ModelError):
    pass


class MissingExtraError(SynthgenError):
    pass


class AuthError(ModelError):
    pass


class BadRequestError(ModelError):
    pass


class TooLongError(BadRequestError):
    pass


class RetryableModelError(ModelError):
    """A failure that may pass; `retry_after` is the server's wish in seconds, if it has one."""

    retryable = True

    def __init__(self, message: str, *, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class AdaptedError(RetryableModelError):
    """The same request goes through at once, asked otherwise. A backend adapts a few times at most, so it ends."""


class SystemRoleError(AdaptedError):
    pass


class SchemaError(AdaptedError):
    pass


class ParameterError(AdaptedError):
    pass


class RateLimitError(RetryableModelError):
    pass


class ServerError(RetryableModelError):
    pass


class ConnectionLostError(RetryableModelError):
    pass


class StalledError(RetryableModelError):
    pass


class MalformedReplyError(RetryableModelError):
    pass


class FileError(SynthgenError):
    pass


class PublishError(SynthgenError):
    pass


class BudgetError(SynthgenError):
    pass


class RunError(SynthgenError):
    pass


class RunLockedError(RunError):
    pass


class RunChangedError(RunError):
    pass


class DiskError(RunError):
    pass
