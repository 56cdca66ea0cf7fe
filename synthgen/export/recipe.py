"""Rows of runs and files, written as a trainer reads them: the recipe behind `synthgen export`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.errors import FileError
from synthgen.export.containers import Lines, SplitFile
from synthgen.export.dataset_info import DATASET_INFO, dataset_info
from synthgen.export.dialogues import Manner
from synthgen.export.example import Example
from synthgen.export.folder import export_folder, write_record
from synthgen.export.layouts import Layout
from synthgen.export.lessons import Lessons
from synthgen.export.origins import Origin, opened_origins
from synthgen.export.pairs import Rows
from synthgen.export.record import Count, ExportedFile, export_record, exported_file
from synthgen.export.selection import fitted, selected
from synthgen.export.settings import USUAL_SHARD, WHOLE, ExportSettings
from synthgen.export.tally import Tally
from synthgen.export.tokens import TokenCounter
from synthgen.export.wording import approach_names, spec_of, telling_of
from synthgen.files import private_files
from synthgen.formats.watch import Watch, unwatched
from synthgen.splits.split import split_names
from synthgen.store.private import private_origin
from synthgen.tasks.task import tasks_said
from synthgen.tasks.tasks import Tasks

LEFT_OUT = "left_out.jsonl"

# Opens the file, or files, of a split.
Opening = Callable[[str], SplitFile]


@dataclass(frozen=True, slots=True)
class Exported:
    """Where an export is, its files in order, and its record."""

    folder: Path
    files: Sequence[ExportedFile]
    record: Mapping[str, Any]

    @property
    def paths(self) -> list[Path]:
        return [self.folder / file.path for file in self.files]


def export(paths: Sequence[str | Path], settings: ExportSettings, out: Path, watch: Watch = unwatched) -> Exported:
    """Write the rows of runs and files to a folder, in the layout and the splits that the settings ask for.

    An export that is there already is replaced. Files of rows that were made from transcripts or case reports are for
    their owner alone, and the record says so. `watch` is told how far each pass over the rows has come. Raises a
    SynthgenError; then nothing in `out` has changed.
    """
    layout = settings.checked_layout()
    tokens = TokenCounter(settings.tokenizer) if settings.tokenizer is not None else None
    with ExitStack() as held:
        origins = held.enter_context(opened_origins(paths))
        private = private_origin(*(origin.source for origin in origins))
        held.enter_context(private_files(bool(private)))
        rows = selected(telling_of(origins, settings), layout, settings, tokens, held, watch)
        names, split_plan = _split(rows, settings, watch)
        folder = held.enter_context(export_folder(out))
        left_out = held.enter_context(closing(_LeftOut(folder / LEFT_OUT)))
        tally, count = Tally(left_out.tell, "Writing rows"), Count(pairs=Counter() if layout.preferences else None)
        dealt = _dealt(rows, names, origins, layout, settings, tokens)
        manner = Manner(settings.roles, settings.last_only, approach_names(origins) if layout.is_session else {})

        files = _written(
            folder,
            _counted(dealt(tally), count),
            lambda example: layout.record(example, manner),
            lambda split: layout.opened(folder, split, settings.shard_size or USUAL_SHARD),
            list(settings.split) or [WHOLE],
        )
        if not files:
            raise _nothing(paths, tally)
        if layout.in_dataset_info:
            entries = dataset_info(
                settings.layout, {file.split: file.path for file in files}, Path(origins[0].name).stem, manner
            )
            files.append(_info(folder, entries))
        files += left_out.finished(folder)
        told = settings.told() | ({"tokenizer": tokens.hash} if tokens is not None else {})
        record = export_record(files, tally, count, split_plan, told, [origin.name for origin in origins])
        record |= {"private": private} if private else {}
        write_record(folder, record)
    return Exported(out, files, record)


def _split(rows: Rows, settings: ExportSettings, watch: Watch) -> tuple[Sequence[str], Mapping[str, Any]]:
    """Return the split of each example, and how they were dealt; nothing where no splits are wanted."""
    if not settings.split or not any(True for _ in rows(Tally())):
        return (), {}
    plan = split_names(
        lambda: rows(Tally(doing="Reading rows to split")),
        settings.split,
        seed=settings.seed,
        similarity=settings.similarity,
        watch=watch,
    )
    return plan.names, plan.told


def _dealt(
    rows: Rows,
    names: Sequence[str],
    origins: Sequence[Origin],
    layout: Layout,
    settings: ExportSettings,
    tokens: TokenCounter | None,
) -> Callable[[Tally], Iterator[tuple[str, Example]]]:
    """Return what yields everything that is written with its split: the examples, or the tasks made of them."""
    if settings.tasks is None:

        def examples(tally: Tally) -> Iterator[tuple[str, Example]]:
            for place, example in enumerate(rows(tally)):
                yield names[place] if names else WHOLE, example

        return examples

    spec, prompts = spec_of(origins, settings.spec, "--tasks")
    lessons = Lessons(rows, Tasks(spec, prompts, tasks_said(settings.tasks, spec), settings.seed))
    fitting = fitted(lessons.examples, layout.need, settings, tokens)

    def tasks(tally: Tally) -> Iterator[tuple[str, Example]]:
        for lesson in fitting(tally):
            yield names[lessons.place] if names else WHOLE, lesson

    return tasks


def _counted(dealt: Iterator[tuple[str, Example]], count: Count) -> Iterator[tuple[str, Example]]:
    for split, example in dealt:
        count.add(split, example)
        yield split, example


def _written(
    folder: Path,
    dealt: Iterator[tuple[str, Example]],
    record: Callable[[Example], Mapping[str, Any]],
    opened: Opening,
    splits: Sequence[str],
) -> list[ExportedFile]:
    """Write examples to the files of their splits and return these, in the order of the splits."""
    files: dict[str, SplitFile] = {}
    with ExitStack() as held:
        for split, example in dealt:
            if (file := files.get(split)) is None:
                file = files[split] = held.enter_context(closing(opened(split)))
            file.write(record(example))
        for file in files.values():
            file.finish()
    return [
        exported_file(folder, path, split, rows)
        for split in splits
        if split in files
        for path, rows in zip(files[split].paths, files[split].rows, strict=True)
    ]


def _info(folder: Path, entries: Mapping[str, Any]) -> ExportedFile:
    """Write LLaMA-Factory's entries beside the rows."""
    path = folder / DATASET_INFO
    path.write_text(json.dumps(entries, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return exported_file(folder, path)


class _LeftOut:
    """The file that tells of each row that is left out; there is none where all are written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Lines | None = None

    def tell(self, name: str, reason: str, evidence: Mapping[str, Any]) -> None:
        if self._file is None:
            self._file = Lines(self._path)
        self._file.write({"id": name, "reason": reason, **evidence})

    def finished(self, folder: Path) -> list[ExportedFile]:
        if self._file is None:
            return []
        self._file.finish()
        return [exported_file(folder, self._path)]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _nothing(paths: Sequence[str | Path], tally: Tally) -> FileError:
    named = ", ".join(map(str, paths))
    if not tally.read:
        return FileError(f"{named}: holds no rows.", hint="name a run or a file with dialogues.")
    reasons = ", ".join(f"{reason} {rows:,}" for reason, rows in tally.left_out.most_common())
    return FileError(f"{named}: none of {tally.read:,} rows can be written: {reasons}.", hint="see docs/export.md.")
