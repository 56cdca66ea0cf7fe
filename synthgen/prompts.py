"""Prompt templates: found, hashed and rendered in a sandbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, Template, TemplateNotFound, TemplateSyntaxError, meta
from jinja2 import TemplateError as JinjaError

from synthgen.errors import TemplateError
from synthgen.hashing import content_hash
from synthgen.records import Turn
from synthgen.sandbox import MAX_PROMPT_CHARS, Sandbox


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rendered template: `messages` for a chat, or a `text` to go on from with its `stop` sequences."""

    template: str
    messages: tuple[Turn, ...] = ()
    text: str = ""
    stop: tuple[str, ...] = ()


class Prompts:
    """The templates of a run, looked up in `folders`, the first that has a file winning."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._environment = Sandbox(FileSystemLoader([str(folder) for folder in folders]))
        self._loaded: dict[str, Template] = {}
        self._hashes: dict[str, str] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all templates that can be had."""
        return frozenset(self._environment.list_templates(extensions=["j2"]))

    def has(self, step: str, language: str, plain: bool) -> bool:
        return template_name(step, language, plain) in self.names

    def hash(self, name: str) -> str:
        """Return the hash of a template's source and of all that it includes. Raises TemplateError."""
        if name not in self._hashes:
            self._hashes[name] = content_hash("\x1f".join(self._sources(name, set())))
        return self._hashes[name]

    def chat(self, step: str, language: str, variables: Mapping[str, Any], *, faulty: str | None = None) -> Prompt:
        """Render the blocks system and user; with a `faulty` text also that text and the block repair."""
        name = template_name(step, language, plain=False)
        messages = [Turn("system", system)] if (system := self._block(name, "system", variables)) else []
        messages.append(Turn("user", self._block(name, "user", variables, needed=True)))
        if faulty is not None:
            messages.append(Turn("assistant", faulty))
            messages.append(Turn("user", self._block(name, "repair", {**variables, "text": faulty}, needed=True)))
        return Prompt(name, tuple(messages))

    def talk(
        self, step: str, language: str, variables: Mapping[str, Any], heard: Sequence[Turn], faulty: str | None = None
    ) -> Prompt:
        """Render one side's next turn: the block system, the talk as `heard` by it, and the block note at its end.

        A talk that this side begins, or that began with its words, gets the block start before it. What changes from
        turn to turn belongs into the note: a server reads again only what follows a change. A `faulty` turn is
        followed by the block repair.
        """
        name = template_name(step, language, plain=False)
        messages = [Turn("system", system)] if (system := self._block(name, "system", variables)) else []
        if not heard or heard[0].role == "assistant":
            messages.append(Turn("user", self._block(name, "start", variables, needed=True)))
        messages += heard
        if note := self._block(name, "note", variables):
            messages[-1] = replace(messages[-1], content=f"{messages[-1].content}\n\n{note}")
        if faulty is not None:
            messages.append(Turn("assistant", faulty))
            messages.append(Turn("user", self._block(name, "repair", {**variables, "text": faulty}, needed=True)))
        return Prompt(name, tuple(messages))

    def plain(self, step: str, language: str, variables: Mapping[str, Any]) -> Prompt:
        """Render the blocks text and stop of a template for a very small model."""
        name = template_name(step, language, plain=True)
        stops = self._block(name, "stop", variables).splitlines()
        return Prompt(
            name,
            text=self._block(name, "text", variables, needed=True),
            stop=tuple(stop.replace("\\n", "\n") for stop in stops if stop),
        )

    def wordings(self, step: str, language: str) -> list[str]:
        """Return the blocks of a template that say the same in other words, wording_1 first. Raises TemplateError."""
        name = template_name(step, language, plain=False)
        blocks = [block for block in self._template(name).blocks if block.startswith("wording_")]
        if not blocks:
            raise TemplateError(f"templates/{name}: has no block 'wording_1'.", hint="see docs/export.md.")
        return sorted(blocks, key=lambda block: (len(block), block))

    def part(self, step: str, language: str, block: str, variables: Mapping[str, Any]) -> str:
        """Render one block of a template. Raises TemplateError."""
        return self._block(template_name(step, language, plain=False), block, variables, needed=True)

    def _block(self, name: str, block: str, variables: Mapping[str, Any], needed: bool = False) -> str:
        template = self._template(name)
        if block not in template.blocks:
            if needed:
                raise TemplateError(f"templates/{name}: has no block {block!r}.", hint="see docs/topic-specs.md.")
            return ""
        self._environment.begin()
        try:
            text = _bounded(template.blocks[block](template.new_context(dict(variables))))
        except JinjaError as error:
            raise TemplateError(
                f"templates/{name}: block {block!r} does not render: {_reason(error)}.",
                hint="docs/topic-specs.md lists what a template may use.",
            ) from error
        except Exception as error:  # an expression can fail in any way
            raise TemplateError(
                f"templates/{name}: block {block!r} does not render: {_reason(error)}.", hint="mend the expression."
            ) from error
        if len(text) > MAX_PROMPT_CHARS:
            raise TemplateError(
                f"templates/{name}: block {block!r} grew to {len(text):,} characters.", hint="shorten the template."
            )
        return text.strip()

    def _template(self, name: str) -> Template:
        if name not in self._loaded:
            try:
                self._loaded[name] = self._environment.get_template(name)
            except TemplateNotFound as error:
                raise TemplateError(
                    f"templates/{error.name}: no such template.",
                    hint="put it in a templates folder beside your spec, or name a bundled one.",
                ) from error
            except TemplateSyntaxError as error:
                raise TemplateError(
                    f"templates/{name}: line {error.lineno}: {_reason(error)}.", hint="mend the template."
                ) from error
            except UnicodeDecodeError as error:
                raise TemplateError(f"templates/{name}: not UTF-8 text.", hint="save it as UTF-8.") from error
            except Exception as error:  # nested too deep, a number too long ...
                raise TemplateError(f"templates/{name}: {_reason(error)}.", hint="mend the template.") from error
        return self._loaded[name]

    def _sources(self, name: str, seen: set[str]) -> list[str]:
        self._template(name)
        assert self._environment.loader is not None
        source, _, _ = self._environment.loader.get_source(self._environment, name)
        seen.add(name)
        sources = [source]
        for included in sorted(meta.find_referenced_templates(self._environment.parse(source)), key=str):
            if included is None:
                raise TemplateError(
                    f"templates/{name}: includes a template that only a variable names.",
                    hint="name it in quotes, so that a change of it is noticed.",
                )
            if included not in seen:
                sources += self._sources(included, seen)
        return sources


def _bounded(pieces: Iterable[str]) -> str:
    """Join what a block renders, and stop soon after it is too long: the sandbox lets loops run for hours."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > MAX_PROMPT_CHARS:
            break
    return "".join(kept)


def _reason(error: Exception) -> str:
    """Return what an error says, without its full stop; one that says nothing is told by its kind."""
    return str(error).rstrip(". ") or type(error).__name__


def template_name(step: str, language: str, plain: bool) -> str:
    """Return the file of a step's template: "query/en.j2", or "query/en.plain.j2" for very small models."""
    return f"{step}/{language}.plain.j2" if plain else f"{step}/{language}.j2"
