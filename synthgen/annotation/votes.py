"""Several votes on one conversation made into one annotation: what most of them say, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from synthgen.annotation.fields import SESSION, Asked, Field
from synthgen.records import Annotation, Note, Notes


def majority(votes: Sequence[Annotation], asked: Asked) -> Annotation:
    """Return what most votes say of each place that was asked for. One vote alone is returned as it is.

    Of one label the most frequent wins, a tie the one that was voted first. Of several labels those win that stand in
    more than half of the votes that answered, the most frequent first, at most as many as the field may have.
    `confidence` is the share of these votes that have the label, over several labels the mean. Texts and steps are
    taken from one vote: the first of those whose labels at that place are most like the majority's.
    """
    if len(votes) == 1:
        return votes[0]
    places = {place: _of_place([_at(vote, place) for vote in votes], fields) for place, fields in asked.items()}
    return Annotation(places.pop(SESSION, {}), places)


def _at(vote: Annotation, place: int) -> Notes:
    return vote.session if place == SESSION else vote.turns.get(place, {})


def _of_place(votes: Sequence[Notes], fields: Sequence[Field]) -> Notes:
    agreed = {field.name: _labels(votes, field) for field in fields if field.labels}
    likest = sorted(votes, key=lambda vote: -_likeness(vote, agreed))
    texts = {field.name: _text(likest, field) for field in fields if not field.labels}
    return {field.name: agreed.get(field.name) or texts[field.name] for field in fields}


def _labels(votes: Sequence[Notes], field: Field) -> Note:
    answers = [labels for vote in votes if (labels := _voted(vote, field.name))]
    if not answers:
        return _nothing(votes, field)
    # A Counter keeps the order of voting among those that are equal.
    counts = Counter(label for labels in answers for label in dict.fromkeys(labels)).most_common()
    if not field.several:
        label, count = counts[0]
        return Note(label, confidence=round(count / len(answers), 4))
    kept = [(label, count) for label, count in counts if 2 * count > len(answers)][: field.most]
    if not kept:
        return Note(None, f"no_majority: {', '.join(label for label, _ in counts)}")
    agreement = round(sum(count for _, count in kept) / (len(kept) * len(answers)), 4)
    return Note(tuple(label for label, _ in kept), confidence=agreement)


def _text(votes: Sequence[Notes], field: Field) -> Note:
    for vote in votes:
        if (note := vote.get(field.name)) is not None and note.value is not None:
            return note
    return _nothing(votes, field)


def _nothing(votes: Sequence[Notes], field: Field) -> Note:
    """Return why there is nothing, in the words of the first vote that says it."""
    return next((vote[field.name] for vote in votes if field.name in vote), Note(None, "missing"))


def _likeness(vote: Notes, agreed: Mapping[str, Note]) -> float:
    """Return how like a vote's labels are to those agreed on: 1 for each field with the same, 0 for none shared."""
    total = 0.0
    for name, note in agreed.items():
        ours, theirs = set(_voted(vote, name)), set(_voted({name: note}, name))
        total += len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0
    return total


def _voted(vote: Notes, name: str) -> tuple[str, ...]:
    note = vote.get(name)
    if note is None or note.value is None:
        return ()
    return (note.value,) if isinstance(note.value, str) else note.value
