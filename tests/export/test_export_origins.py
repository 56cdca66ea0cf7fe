"""What rows are called that an export cannot read."""

from __future__ import annotations

from export_trials import exported, lines, talk


def test_a_row_that_is_left_out_is_told_by_its_id_nought_too_else_by_its_number() -> None:
    rows = [{"messages": talk(1)}, {"id": 0, "text": "nothing"}, {"text": "nothing"}, {"id": None, "history": 3}]
    assert exported(rows, "chat").record["left_out"] == {"no_dialogue": 3}
    assert [(told["id"], told["reason"]) for told in lines("out/left_out.jsonl")] == [
        ("0", "no_dialogue"), ("3", "no_dialogue"), ("4", "no_dialogue"),
    ]  # fmt: skip


def test_a_dialogue_whose_history_cannot_be_read_is_left_out_and_not_cut() -> None:
    pair = {"instruction": "And the rear brake?", "input": "", "output": "Same pads."}
    rows = [pair | {"history": '[["How do I change pads?", "Pull the pin."]]'}, pair | {"history": "pads, pin"}]
    assert exported(rows, "chat").record["left_out"] == {"no_dialogue": 1}
    assert [len(record["messages"]) for record in lines("out/train.jsonl")] == [4]
