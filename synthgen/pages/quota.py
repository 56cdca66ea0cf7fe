"""What was wanted and what came of it: topics, drops by reason, languages, facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from synthgen.measures.tally import Tally
from synthgen.pages.bars import count_bars
from synthgen.pages.blocks import Picture, Remark, Section
from synthgen.pages.side import Side
from synthgen.pages.words import count, title
from synthgen.records import Cell
from synthgen.report.charts import Fall, waterfall
from synthgen.report.figures import share
from synthgen.report.summary import Summary

_MOST_REASONS = 14
_MOST_VALUES = 20
# The order in which texts are looked at; other stages come after these.
_STAGES = ("query", "memo", "turn", "reply", "conversation")


def quotas(sides: Sequence[Side]) -> Section | None:
    """Return how many rows each topic has, and was to have."""
    kept, wanted = [], []
    for side in sides:
        summary = _summary(side)
        if summary and any(cell.topic for cell in summary.cells):
            accepted, targets = _by(summary, lambda cell: cell.topic)
            kept.append(accepted)
            wanted.append(targets)
        else:
            kept.append(side.portrait.topics.counts())
            wanted.append({})
    if not any(len(side) > 1 or "" not in side for side in kept):
        return None
    about = "The bars are rows, the mark across a bar is what the quota wants." if any(wanted) else "Rows by topic."
    pictures = count_bars("Rows by topic", kept, wanted=wanted)
    return (
        Section("topics", "Topics", about, [*pictures, *_apart_from_quota(sides, kept, wanted)]) if pictures else None
    )


def funnel(sides: Sequence[Side]) -> Section | None:
    """Return what became of the drafts."""
    pictures = []
    for side in sides:
        if summary := _summary(side):
            name = side.name if len(sides) > 1 else "From drafts to accepted rows"
            pictures.append(Picture(name, waterfall(_falls(summary))))
    about = "Each bar starts where the one above it ends: what is left after each reason to drop a row."
    return Section("funnel", "From drafts to rows", about, pictures) if pictures else None


def balance(sides: Sequence[Side]) -> Section | None:
    """Return how rows lie over languages, bands of turns, approaches and facets."""
    pictures = _tallies("Language", [side.portrait.languages for side in sides], [*map(_languages_wanted, sides)])
    pictures += _tallies("Approach", [side.portrait.approaches for side in sides])
    facets = dict.fromkeys(facet for side in sides for facet in side.portrait.facets)
    for facet in facets:
        tallies = [side.portrait.facets.get(facet, Tally()) for side in sides]
        pictures += _tallies(title(facet), tallies, [_facet_wanted(side, facet) for side in sides])
    about = "A mark across a bar is the share that the spec gives it."
    return Section("balance", "Languages and facets", about, pictures) if pictures else None


def _summary(side: Side) -> Summary | None:
    return side.facts.summary if side.facts else None


def _by(summary: Summary, name: Callable[[Cell], str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the accepted and the wanted rows by a part of their cells."""
    accepted: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for cell, (kept, target) in summary.cells.items():
        accepted[name(cell)] += kept
        wanted[name(cell)] += target
    return dict(accepted), dict(wanted)


def _apart_from_quota(
    sides: Sequence[Side], kept: Sequence[Mapping[str, int]], wanted: Sequence[Mapping[str, int]]
) -> Iterator[Remark]:
    """Yield how far each side's topics are from what was wanted: the total variation of the two."""
    for side, got, aims in zip(sides, kept, wanted, strict=True):
        rows, whole = sum(got.values()), sum(aims.values())
        if not rows or not whole:
            continue
        apart = sum(abs(got.get(topic, 0) / rows - aim / whole) for topic, aim in aims.items()) / 2
        name = f"{side.name}: " if len(sides) > 1 else ""
        lacking = sum(max(0, aim - got.get(topic, 0)) for topic, aim in aims.items())
        missing = f"{count(lacking)} rows are lacking" if lacking else "No row is lacking"
        yield Remark(
            f"{name}{missing}; the topics' shares are {apart:.3f} from those wanted (total variation, 0 to 1)."
        )


def _falls(summary: Summary) -> list[Fall]:
    dropped = sorted(summary.dropped.items(), key=lambda entry: (_stage(entry[0]), -entry[1], entry[0]))
    whole = summary.accepted + summary.surplus + summary.pending + sum(summary.dropped.values())
    falls, left = [Fall("drafts", 0, whole, count(whole), "all")], whole
    most = {name for name, _ in sorted(dropped, key=lambda entry: -entry[1])[:_MOST_REASONS]}
    others = sum(number for name, number in dropped if name not in most)
    steps = [(_reason(name), number, "lost") for name, number in dropped if name in most]
    steps += [("other reasons", others, "lost"), ("surplus", summary.surplus, "aside")]
    steps += [("in the making", summary.pending, "aside")]
    for name, number, kind in steps:
        if number:
            falls.append(Fall(name, left - number, left, f"{count(number)} ({share(number, whole)})", kind))
            left -= number
    falls.append(Fall("accepted", 0, left, f"{count(left)} ({share(left, whole)})", "kept"))
    return falls


def _stage(name: str) -> int:
    stage = name.partition(".")[0]
    return _STAGES.index(stage) if stage in _STAGES else len(_STAGES)


def _reason(name: str) -> str:
    stage, _, reason = name.partition(".")
    return f"{stage}: {title(reason)}"


def _tallies(name: str, tallies: Sequence[Tally], wanted: Sequence[Mapping[str, float]] = ()) -> list[Picture]:
    """Return the counts by kind as a picture; where there is but one kind it would tell nothing."""
    counts = [tally.counts() for tally in tallies]
    if len({kind for each in counts for kind in each}) < 2:
        return []
    wholes = [tally.total for tally in tallies]
    aims = [{kind: part * whole for kind, part in each.items()} for each, whole in zip(wanted, wholes, strict=False)]
    return count_bars(name, counts, wholes=wholes, wanted=aims, most=_MOST_VALUES)


def _languages_wanted(side: Side) -> dict[str, float]:
    summary = _summary(side)
    return _shares(_by(summary, lambda cell: cell.language)[1]) if summary else {}


def _facet_wanted(side: Side, facet: str) -> dict[str, float]:
    """Return the shares that a spec gives a facet's values; none where a topic has its own."""
    spec = side.spec.for_talks() if side.spec else None
    if spec is None or facet not in spec.facets or any(facet in topic.facets for topic in spec.topics):
        return {}
    return _shares(spec.facets[facet])


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    whole = sum(weights.values())
    return {name: weight / whole for name, weight in weights.items()} if whole else {}
