"""The comparison of two answers to one message: what is asked of a model, and what of its answer is sound."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import SimpleNamespace

from synthgen.calls import Answered, Request
from synthgen.hashing import request_seed
from synthgen.judging.preference import Preference, preference_of
from synthgen.parsing import parse_preference, preference_schema
from synthgen.prompts import Prompts
from synthgen.rules.rubric import Rubric
from synthgen.spec import Spec
from synthgen.steps.judge import MOST_SHOWN, PLAIN_MOST_SHOWN
from synthgen.steps.quoting import quoted_lines
from synthgen.steps.style import Style, common_variables

TEMPLATE = "compare"
# Words (or characters) of a reason, and what the form takes beside it.
_REASON_UNITS, _FORM_UNITS = 80, 20
_PLAIN_CHARS = 100
# The message and two answers.
_TEXTS = 3


@dataclass(frozen=True, slots=True)
class Umpire:
    """Builds the requests that have two answers compared by a rubric, and reads what comes back."""

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    rubric: Rubric
    purpose: str = "compare"

    def request(
        self, message: str, first: str, second: str, language: str, *, faulty: str | None = None
    ) -> tuple[Request, str]:
        """Return the request for a preference, and its template's name; after a `faulty` answer with another seed."""
        plain = self.style.plain
        most = (PLAIN_MOST_SHOWN if plain else MOST_SHOWN) // _TEXTS
        dots = "……" if language.split("-")[0] == "zh" else "..."
        texts = [quoted_lines(text, most, one=plain) for text in (message, first, second)]
        variables = common_variables(self.spec, language, (1, _REASON_UNITS), None) | {
            "about": self.rubric.meaning(language),
            "metrics": [
                SimpleNamespace(name=metric.name, title=metric.title(language), about=metric.meaning(language))
                for metric in self.rubric.metrics
            ],
            "message": texts[0],
            "first": texts[1],
            "second": texts[2],
            "form": json.dumps({"reason": dots, "winner": dots}, ensure_ascii=False),
        }
        prompt = self.style.render(self.prompts, TEMPLATE, language, variables)
        seed = request_seed(self.seed, self.purpose, self.rubric.name, *map("\n".join, texts), faulty)
        schema = preference_schema(most_chars=_PLAIN_CHARS if plain else 0)
        units = (_PLAIN_CHARS if plain else _REASON_UNITS) + _FORM_UNITS
        return self.style.request(self.purpose, prompt, units, seed, schema), prompt.template

    def read(self, answer: Answered) -> Preference:
        """Return the preference that an answer makes."""
        return preference_of(parse_preference(answer.text), answer=answer.text, finish=answer.finish)
