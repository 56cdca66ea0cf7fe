"""Which texts of a stored run were asked for by examples alone, told by the names of its templates."""

from __future__ import annotations

from collections.abc import Iterable

from synthgen.engine.parts import EXPAND, FROM_MEMO
from synthgen.records import Stage
from synthgen.spec import Spec
from synthgen.steps.memo import TEMPLATE as MEMO
from synthgen.steps.script import TEMPLATE as SCRIPT
from synthgen.steps.summary import TEMPLATE as SUMMARY

_PLAIN = ".plain."


def plain_stages_in(spec: Spec, templates: Iterable[str]) -> dict[Stage, bool]:
    """Return of each stage whether its model was asked by examples alone, as `plain_stages` does for a run to come.

    `templates` are the names of all that the run used; those of judges and annotators say nothing of its texts.
    """
    plain = {name.rpartition("/")[0] for name in templates if _PLAIN in name}
    asked = not plain.isdisjoint({spec.query.template, "user_turn", SUMMARY})
    talks = not plain.isdisjoint({spec.reply.template, "assistant_turn", SUMMARY, SCRIPT, EXPAND, MEMO, FROM_MEMO})
    return {"query": asked, "reply": talks, "turn": talks, "conversation": talks}
