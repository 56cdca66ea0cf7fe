"""Where bundled specs, templates, rubrics and questions are: the user's own folder wins over the package's."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folders(kind: str, beside: Path | None = None) -> list[Path]:
    """Return the folders that may hold `kind`, such as "topic_specs" or "templates", the strongest first.

    They are the one beside the user's spec, the one in the working directory, and the bundled one (inside
    an installed package, or at the top of a checkout).
    """
    candidates = [beside / kind] if beside is not None else []
    candidates += [Path.cwd() / kind, _PACKAGE / "bundled" / kind, _PACKAGE.parent / kind]
    kept: list[Path] = []
    for folder in candidates:
        if folder.is_dir() and folder.resolve() not in kept:
            kept.append(folder.resolve())
    return kept


def spec_files() -> dict[str, Path]:
    """Return the path of each spec that can be named, by name."""
    return _files("topic_specs", "yaml")


def rubric_files() -> dict[str, Path]:
    """Return the path of each rubric that can be named, by name."""
    return _files("rubrics", "yaml")


def question_files() -> dict[str, Path]:
    """Return the path of each set of questions that can be named, by name."""
    return _files("questions", "jsonl")


def _files(kind: str, ending: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders(kind):
        for path in sorted(folder.glob(f"*.{ending}")):
            found.setdefault(path.stem, path)
    return found
