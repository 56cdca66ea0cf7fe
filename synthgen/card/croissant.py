"""Croissant metadata of an exported folder: its files with their hashes, and the fields of its records, as JSON-LD.

The format is https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from synthgen.card.card import keywords, languages
from synthgen.card.facts import Facts
from synthgen.card.fields import fields_of
from synthgen.card.files import Written, WrittenFile
from synthgen.card.licenses import license_page
from synthgen.card.markdown import plain

VERSION = "http://mlcommons.org/croissant/1.1"
# The words of the metadata and what they stand for, as every file of this version begins.
CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{
        word: f"cr:{word}"
        for word in (
            *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field"),
            *("fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath"),
            *("key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace"),
            *("samplingRate", "separator", "source", "subField", "transform"),
        )
    },
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
}
_ENCODINGS = {
    ".parquet": "application/x-parquet",
    ".jsonl": "application/jsonlines",
    ".json": "application/json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_NOTHING = Written()


def croissant(
    facts: Sequence[Facts], files: Sequence[WrittenFile], *, license: str, name: str, written: Written = _NOTHING
) -> dict[str, Any]:
    """Return the metadata of an export, as JSON can hold it. Arguments and errors are those of `dataset_card`."""
    splits = {split: list(own) for split, own in groupby(sorted(files, key=_by_split(files)), lambda file: file.split)}
    rows = ", ".join(f"{sum(file.rows for file in own):,} in {split}" for split, own in splits.items())
    return {
        "@context": dict(CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        "name": plain(name),
        "description": f"Dialogues made by synthgen: {sum(file.rows for file in files):,} rows ({rows}).",
        "license": license_page(license),
        "keywords": keywords(facts, files),
        **({"inLanguage": spoken} if (spoken := languages(facts, written)) else {}),
        **({"dateCreated": created} if (created := max((source.created for source in facts), default="")) else {}),
        "distribution": [entry for split, own in splits.items() for entry in _distribution(split, own)],
        "recordSet": [_record_set(split, own) for split, own in splits.items()],
    }


def _by_split(files: Sequence[WrittenFile]) -> Any:
    order = {split: at for at, split in enumerate(dict.fromkeys(file.split for file in files))}
    return lambda file: order[file.split]


def _distribution(split: str, files: Sequence[WrittenFile]) -> Iterator[dict[str, Any]]:
    """Yield the files of a split, and what they are together where they are several."""
    for file in files:
        yield {
            "@type": "cr:FileObject",
            "@id": file.path,
            "name": file.path,
            "contentUrl": file.path,
            "contentSize": f"{file.bytes} B",
            "encodingFormat": encoding_of(file.path),
            "sha256": file.sha256,
        }
    if len(files) > 1:
        yield {
            "@type": "cr:FileSet",
            "@id": _set_id(split),
            "name": f"all files of {split}",
            "encodingFormat": encoding_of(files[0].path),
            "includes": [file.path for file in files],
        }


def _record_set(split: str, files: Sequence[WrittenFile]) -> dict[str, Any]:
    reference = {"fileSet": {"@id": _set_id(split)}} if len(files) > 1 else {"fileObject": {"@id": files[0].path}}
    return {
        "@type": "cr:RecordSet",
        "@id": split,
        "name": split,
        "description": f"The {sum(file.rows for file in files):,} rows of {split}.",
        "field": fields_of(split, files[0].columns, reference, in_lines=PurePosixPath(files[0].path).suffix != ".json"),
    }


def _set_id(split: str) -> str:
    return f"{split}-files"


def encoding_of(path: str) -> str:
    """Return the media type that a file's name tells."""
    return _ENCODINGS.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
