"""The dataset card: README.md of an exported folder, with the front matter that the Hugging Face Hub reads.

Everything in it was measured: a section whose figures are not known is left out, and no figure is filled in by guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from synthgen.card.contents import cells_of, contents
from synthgen.card.facts import WRITERS, Facts
from synthgen.card.files import Written, WrittenFile
from synthgen.card.licenses import license_page
from synthgen.card.limits import limits
from synthgen.card.making import making
from synthgen.card.markdown import escaped, plain, yaml_lines
from synthgen.formats.private import MARKS
from synthgen.report.roles import ANSWERED, MADE, listed

# The Hub's classes of size: up to how many rows, and what it is called.
_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
    (1_000_000_000, "100M<n<1B"),
)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_PREFERENCES = {"chosen", "rejected"}
_NOTHING = Written()


def dataset_card(
    facts: Sequence[Facts], files: Sequence[WrittenFile], *, license: str, name: str, written: Written = _NOTHING
) -> str:
    """Return the card of an export: front matter, what is in the files, how it was made, limits.

    `facts` are those of each source of the rows, and `files` what was written, in order. `name` is what people call the
    dataset. `written` is what the export itself counted. Raises UsageError for a license that is not known.
    """
    license_page(license)
    sections = [
        f"# {escaped(name)}",
        *_opening(facts),
        *contents(facts, files, written),
        *(section for source in facts for section in making(source)),
        *limits(facts),
    ]
    front = yaml_lines(_front_matter(facts, files, license, name, written))
    return f"---\n{front}---\n\n" + "\n\n".join(sections) + "\n"


def keywords(facts: Sequence[Facts], files: Sequence[WrittenFile]) -> list[str]:
    """Return the words by which a dataset is found, and by which it is told what it was made from."""
    columns = {column for file in files for column in file.columns}
    found = ["synthetic", "synthgen", *(MARKS[source.private] for source in facts if source.private)]
    if columns >= _PREFERENCES:
        found.append("preference")
    return list(dict.fromkeys(found))


def languages(facts: Sequence[Facts], written: Written) -> list[str]:
    """Return the codes of the languages that rows are in, those of most rows first; a name that is no code is not."""
    counts: Counter[str] = Counter()
    for (_, language), count in cells_of(facts, written).items():
        code = language.replace("_", "-").partition("-")[0].lower()
        if _LANGUAGE.fullmatch(code):
            counts[code] += count
    return [code for code, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]


def _front_matter(
    facts: Sequence[Facts], files: Sequence[WrittenFile], license: str, name: str, written: Written
) -> Iterator[tuple[str, object]]:
    rows = sum(file.rows for file in files)
    yield "license", license
    if spoken := languages(facts, written):
        yield "language", spoken
    yield "pretty_name", plain(name)
    yield "task_categories", ["text-generation", *(["text-classification"] if written.tasks else [])]
    yield "size_categories", [next((size for most, size in _SIZES if rows < most), "1B<n<10B")]
    yield "tags", keywords(facts, files)
    splits = dict.fromkeys(file.split for file in files)
    data = [{"split": split, "path": [file.path for file in files if file.split == split]} for split in splits]
    yield "configs", [{"config_name": "default", "data_files": data}]


def _opening(facts: Sequence[Facts]) -> Iterator[str]:
    """Yield what a reader has to know first, and what the specs say that was asked for."""
    runs = [run for source in facts for run in source.chain()]
    faked = tuple(dict.fromkeys(role.done for run in runs for role in run.roles if role.fakes))
    others = [done for done in faked if done not in (MADE, ANSWERED)]
    if ANSWERED in faked or any(run.fake and run.recipe in ("", *WRITERS) for run in runs):
        yield "> **A trial, not for training.** A scripted stand-in took a model's place in making some or all of this."
    if others:
        done = listed(others, "and").capitalize()
        yield f"> **{done} by a scripted stand-in.** What it said of the rows means nothing."
    for private in dict.fromkeys(source.private for source in facts if source.private):
        yield f"> **Made from {private}.** Only who has the right to may share it."
    told = dict.fromkeys(
        text
        for run in runs
        if run.recipe in WRITERS and isinstance(described := run.content.get("description"), Mapping)
        for text in [described.get("en") or next(iter(described.values()), "")]
        if text
    )
    for text in told:
        yield f"What was asked for: {escaped(str(text), 1_000)}"
