"""The judging of a reply or a conversation by a rubric: what is asked of a model, and what of its answer is sound."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from synthgen.annotation.windows import whole
from synthgen.calls import Request
from synthgen.hashing import request_seed
from synthgen.judging.faults import fault_of
from synthgen.judging.verdict import Verdict, joined, verdict_of
from synthgen.parsing import parse_scores, scores_schema
from synthgen.prompts import Prompts
from synthgen.records import Turn
from synthgen.rules.rubric import Rubric
from synthgen.spec import Spec
from synthgen.steps.quoting import quoted_lines
from synthgen.steps.style import Style, common_variables

TEMPLATE = "judge"
# Words (or characters) of a quote and of a reason, and what the form takes beside them.
_QUOTE_UNITS, _REASON_UNITS, _FORM_UNITS = 30, 40, 14
# Characters of either by a very small model, which loses itself in anything longer.
_PLAIN_CHARS = 64
# Words (or characters) shown of what is judged: of a longer one the beginning and the end. A very small model has a
# short context.
MOST_SHOWN, PLAIN_MOST_SHOWN = 6000, 400
# A turn has at most this part of them, if there are so many turns.
_TURN_SHARE = 4
# An answer that is to be mended is shown up to here; what is wrong with it is told besides.
_MOST_FAULTY_CHARS = 12_000


@dataclass(frozen=True, slots=True)
class Judge:
    """Builds the requests for a verdict and reads their answers.

    A user's message with an assistant's reply is judged by its reply; any other talk by all that the assistant says in
    it. Turns of the system are neither shown nor judged.
    """

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    rubric: Rubric
    purpose: str = "judge"

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of the rubric's metrics, in its order."""
        return tuple(metric.name for metric in self.rubric.metrics)

    def request(
        self, turns: Sequence[Turn], language: str, *, repeat: int = 0, before: Verdict | None = None, faulty: str = ""
    ) -> tuple[Request, str]:
        """Return the request for a verdict, and its template's name.

        Each `repeat` has a seed of its own. After a verdict `before`, read from the answer `faulty`, only the metrics
        that failed are asked for.
        """
        wanted = self._wanted(before)
        plain = self.style.plain
        # An empty answer is no turn of a chat: servers refuse it.
        is_mended = before is not None and bool(faulty.strip()) and not plain
        fault = fault_of(before.failures, self.rubric.scale, language) if before and is_mended else None
        low, high = self.rubric.scale
        common = common_variables(self.spec, language, (1, _REASON_UNITS), fault)
        shown = self._shown(turns, common["roles"])
        variables: dict[str, Any] = common | {
            "about": self.rubric.meaning(language),
            "low": low,
            "high": high,
            "metrics": self._told(wanted if plain else self.metrics, language),
            "asked": wanted,
            "is_part": len(wanted) < len(self.metrics),
            "turns": shown,
            "is_pair": _is_pair(turns),
            "form": _form(self.metrics, "……" if language.split("-")[0] == "zh" else "..."),
        }
        prompt = self.style.render(
            self.prompts, TEMPLATE, language, variables, faulty[:_MOST_FAULTY_CHARS] if is_mended else None
        )
        said = [line for turn in shown for line in turn["lines"]]
        seed = request_seed(self.seed, self.purpose, self.rubric.name, repeat, *said, *wanted, before is None, faulty)
        # At worst, in rows of figures, each character is a token, of which a unit has two.
        units = (_PLAIN_CHARS if plain else _QUOTE_UNITS + _REASON_UNITS) + _FORM_UNITS
        schema = scores_schema(wanted, low, high, most_chars=_PLAIN_CHARS if plain else 0)
        return self.style.request(self.purpose, prompt, units * len(wanted), seed, schema), prompt.template

    def read(
        self, text: str, finish: str, turns: Sequence[Turn], language: str, before: Verdict | None = None
    ) -> Verdict:
        """Return the verdict that an answer makes, together with what was sound `before` it.

        `finish` is the server's word for why the answer ended.
        """
        names = {metric.name: tuple(metric.names.values()) for metric in self.rubric.metrics}
        found = parse_scores(text, names, is_cut=finish == "length")
        judged = "\n".join(turn.content for turn in turns if turn.role == "assistant")
        verdict = verdict_of(found, self._wanted(before), self.rubric.scale, judged, answer=text, finish=finish)
        return joined(before, verdict, self.metrics) if before else verdict

    def _wanted(self, before: Verdict | None) -> tuple[str, ...]:
        return tuple(name for name in self.metrics if before is None or name in before.failures)

    def _told(self, metrics: Sequence[str], language: str) -> list[SimpleNamespace]:
        """Return metrics as templates see them."""
        found = [self.rubric.metric(name) for name in metrics]
        return [
            SimpleNamespace(
                name=metric.name,
                title=metric.title(language),
                about=metric.meaning(language),
                levels=metric.levels(language),
            )
            for metric in found
        ]

    def _shown(self, turns: Sequence[Turn], roles: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return the turns that are shown, their texts by lines, with the numbers of those left out before each."""
        limit = PLAIN_MOST_SHOWN if self.style.plain else MOST_SHOWN
        spoken = [turn for turn in turns if turn.role != "system"]
        last = 0
        shown = []
        for number in whole(spoken, limit).shown:
            turn = spoken[number - 1]
            shown.append(
                {
                    "number": number,
                    "speaker": roles[turn.role],
                    "lines": quoted_lines(turn.content, limit // min(_TURN_SHARE, len(spoken)), one=self.style.plain),
                    "left_out": (last + 1, number - 1) if number > last + 1 else None,
                }
            )
            last = number
        return shown


def _is_pair(turns: Sequence[Turn]) -> bool:
    return [turn.role for turn in turns if turn.role != "system"] == ["user", "assistant"]


def _form(metrics: Sequence[str], dots: str) -> str:
    """Return what an answer looks like, with `dots` for its contents: a number would be taken for a hint."""
    each = {"quote": dots, "reason": dots, "score": dots}
    return json.dumps(dict.fromkeys(metrics, each), ensure_ascii=False)
