"""`synthgen topics`: the specs there are, what is in them, whether one is sound, and a new one to start from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from synthgen.catalog import load_spec
from synthgen.cli.tables import console, table
from synthgen.engine.job import prepare
from synthgen.errors import SpecError, TemplateError, UsageError
from synthgen.files import written_aside
from synthgen.filters import build_checks
from synthgen.recipes import estimate_job
from synthgen.resources import folders, spec_files
from synthgen.rules.parts import in_language
from synthgen.settings import Settings
from synthgen.spec import Spec, read_spec

STARTER = Path("new") / "starter.yaml"


@click.group()
def topics() -> None:
    """List, show, check and begin topic specs."""


@topics.command("list")
def list_() -> None:
    """List the specs that --topics takes by name.

    They are your own, in ./topic_specs, and the bundled ones.
    """
    rows = []
    for name, path in spec_files().items():
        try:
            spec = read_spec(path)
        except SpecError as error:
            rows.append((name, "", "", f"cannot be used: {error.message}"))
            continue
        rows.append((name, str(len(spec.topics)), " ".join(spec.languages), about(spec)))
    console(err=False).print(table(["name", ">topics", "languages", "about"], rows))


@topics.command()
@click.argument("name")
def show(name: str) -> None:
    """Show the topics of a spec with their shares. NAME is what --topics takes: a number, a name or a path."""
    spec, path = load_spec(name)
    whole = sum(topic.weight for topic in spec.topics)
    rows = [
        (
            topic.name,
            f"{topic.weight:g}",
            f"{100 * topic.weight / whole:.2f} %",
            ", ".join(f"{language}: {named}" for language, named in topic.names.items()),
            "risk" if topic.risk else "",
        )
        for topic in spec.topics
    ]
    screen = console(err=False)
    screen.print(f"{spec.name}: {about(spec)}", soft_wrap=True)
    screen.print(f"{len(spec.topics)} topics in {', '.join(spec.languages)}, from {path}", soft_wrap=True)
    screen.print(table(["topic", ">weight", ">share", "other names", "life at risk"], rows))
    for facet, weights in spec.facets.items():
        screen.print(f"{facet}: {', '.join(f'{value} ({weight:g})' for value, weight in weights.items())}")
    if approaches := spec.dialogue.approaches:
        screen.print(f"approaches, for --therapies: {', '.join(approaches)}", soft_wrap=True)
    for name, labels in spec.labels.items():
        screen.print(f"labels of {name}: {', '.join(label.name for label in labels)}", soft_wrap=True)


@topics.command()
@click.argument("path")
def check(path: str) -> None:
    """Say whether a spec, its filters and its templates are sound. PATH is a YAML file, or a spec's name."""
    spec, file = (read_spec(Path(path)), Path(path)) if Path(path).is_file() else load_spec(path)
    build_checks(spec, plain=False, where=str(file))
    # Renders real prompts of every language, which is where a wrong variable in a template shows.
    wanted = Settings(topics=str(file), n=len(spec.topics) * len(spec.languages), plain=False)
    for mode in (None, "script", "simulate"):
        estimate_job(prepare(replace(wanted, mode=mode)))
    try:
        estimate_job(prepare(replace(wanted, plain=True)))
        note = ""
    except TemplateError as error:
        note = f" Not for very small models: {error.message}"
    click.echo(
        f"{file}: ok. {spec.name}: {len(spec.topics)} topics in {', '.join(spec.languages)}, "
        f"{len(spec.facets)} facets, seeds for {sum(bool(topic.seeds) for topic in spec.topics)} topics.{note}"
    )


@topics.command()
@click.argument("path", type=click.Path(path_type=Path))
def new(path: Path) -> None:
    """Write a commented spec to start from."""
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError(f"{path}: a spec's file ends in .yaml.", hint=f"for example {path.with_suffix('.yaml')}.")
    if path.exists():
        raise UsageError(f"{path}: is there already, and is left as it is.", hint="choose another name.")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder.", hint="make it, or choose another place.")
    starter = next(file for folder in folders("topic_specs") if (file := folder / STARTER).is_file())
    with written_aside(path) as target:
        target.write(starter.read_text(encoding="utf-8"))
    click.echo(f"Wrote {path}. Edit it, then: synthgen topics check {path}", err=True)
    click.echo(str(path))


def about(spec: Spec) -> str:
    """Return the first line of a spec's description in its first language."""
    text = in_language(spec.description, next(iter(spec.languages)), "") or next(iter(spec.description.values()), "")
    return next(iter(text.strip().splitlines()), "")
