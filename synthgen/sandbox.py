"""The sandbox that templates render in: Jinja2's, with bounds, since that one lets a template run for hours.

A text can only double where it gets a name, and a loop can only be long where it is in another: so what a name holds
is bounded, and the steps of loops and the calls are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from types import BuiltinMethodType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, Template, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

# A prompt longer than this is a runaway template, not a prompt; no part of one is longer either.
MAX_PROMPT_CHARS = 400_000
# Steps of loops, calls and includes in one block; the longest prompts take a few thousand.
MAX_STEPS = 100_000
# What a filter or a method may be told: how wide, how often, or a text to put in.
MAX_ARGUMENT = 1_000
_MAX_BITS = 64

# Filters whose results grow with their arguments.
_GROWING = ("batch", "center", "indent", "join", "map", "replace", "round", "slice", "tojson", "truncate", "wordwrap")
# The first takes its widths from the text itself, the second is for pages.
_LEFT_OUT = ("format", "urlize")
# Methods whose results grow with more than their arguments.
_REFUSED_METHODS = frozenset({"format", "format_map", "join", "translate"})


class Sandbox(ImmutableSandboxedEnvironment):
    """Renders templates that a user may have from a stranger. Raises SecurityError where one goes beyond a bound."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
        )
        self._steps = 0
        del self.globals["lipsum"]
        for name in _LEFT_OUT:
            del self.filters[name]
        for name in _GROWING:
            self.filters[name] = _told_little(self.filters[name])
        self.filters |= {"counted": self._counted, "held": _held}
        self.concat = _concat  # type: ignore[method-assign]  # what Jinja2 joins the parts of a macro with

    def begin(self) -> None:
        """Begin to count anew, for the next block."""
        self._steps = 0

    def get_template(self, *args: Any, **options: Any) -> Template:  # every include comes by here
        self._step(1)
        return super().get_template(*args, **options)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # as in Jinja2
        __self._step(1)
        check = _check_argument if isinstance(__obj, BuiltinMethodType) else _check_held
        for value in (*args, *kwargs.values()):
            check(value)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str):
            raise SecurityError("templates format no texts by %, join them by ~")
        if operator == "**" and not (_is_small(left) and abs(right) <= _MAX_BITS):
            raise SecurityError("a power is too large")
        if operator == "*":
            for text, times in ((left, right), (right, left)):
                if isinstance(text, Sequence) and (not isinstance(text, str) or len(text) * times > MAX_PROMPT_CHARS):
                    raise SecurityError("only texts are repeated by *, and they stay short")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        return None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        is_refused = attr in _REFUSED_METHODS and isinstance(obj, str | bytes)
        return not is_refused and super().is_safe_attribute(obj, attr, value)

    def _generate(self, source: nodes.Template, name: str | None, *args: Any, **options: Any) -> str:
        """Put the bounds into a template before it is compiled."""
        for node in source.find_all((nodes.For, nodes.Assign, nodes.With)):
            if isinstance(node, nodes.For):
                if node.recursive:
                    raise TemplateSyntaxError("a prompt has no recursive loops", node.lineno, name)
                node.iter = _filtered(_named(node.iter), "counted")
            elif isinstance(node, nodes.Assign):
                node.node = _named(node.node)
            elif isinstance(node, nodes.With):
                node.values = [_named(value) for value in node.values]
        return super()._generate(source, name, *args, **options)

    @pass_context  # so that it is not done once, at compile time
    def _counted(self, context: Context, value: Any) -> Any:
        try:
            size = len(value)
        except TypeError:
            size = len(value := list(value))
        self._step(size)
        return value

    def _step(self, count: int) -> None:
        self._steps += count
        if self._steps > MAX_STEPS:
            raise SecurityError(f"it takes more than {MAX_STEPS:,} steps")


def _named(value: nodes.Node) -> nodes.Expr:
    """Return a value as it may get a name; one that has a name, or is part of one, is held already."""
    return value if isinstance(value, nodes.Name | nodes.Getattr | nodes.Getitem) else _filtered(value, "held")


def _filtered(value: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno)


@pass_context
def _held(context: Context, value: Any) -> Any:
    _check_held(value)
    return value


def _check_held(value: Any) -> None:
    """Raise SecurityError for a value too large to be kept: by its texts and its parts, however often one is in it."""
    size, waiting = 0, [value]
    while waiting and size <= MAX_PROMPT_CHARS:
        part = waiting.pop()
        if isinstance(part, str):
            size += len(part)
        elif isinstance(part, Mapping):
            size += len(part)
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple | set | frozenset):
            size += len(part)
            waiting += part
        elif isinstance(part, int) and not _is_small(part):
            raise SecurityError("a number is too large")
    if size > MAX_PROMPT_CHARS:
        raise SecurityError(f"a value grew to more than {MAX_PROMPT_CHARS:,} characters")


def _check_argument(value: Any) -> None:
    """Raise SecurityError for a number or a text that would make a result far larger than what it is made of."""
    if (isinstance(value, int) and abs(value) > MAX_ARGUMENT) or (isinstance(value, str) and len(value) > MAX_ARGUMENT):
        raise SecurityError(f"an argument is above {MAX_ARGUMENT:,}, or longer")


def _is_small(number: Any) -> bool:
    return not isinstance(number, int) or number.bit_length() <= _MAX_BITS


def _told_little(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that takes no large arguments beside its value, and what Jinja2 may pass before that."""
    first = 2 if hasattr(function, "jinja_pass_arg") else 1

    @wraps(function)  # with what it is to be passed
    def bounded(*args: Any, **options: Any) -> Any:
        if isinstance(args[first - 1], str):
            _check_held(args[first - 1])
        for value in (*args[first:], *options.values()):
            _check_argument(value)
        return function(*args, **options)

    return bounded


def _concat(pieces: Iterable[str]) -> str:
    """Join the pieces of a macro or a set block."""
    kept = list(pieces)
    if sum(map(len, kept)) > MAX_PROMPT_CHARS:
        raise SecurityError(f"a part of it grew to more than {MAX_PROMPT_CHARS:,} characters")
    return "".join(kept)
