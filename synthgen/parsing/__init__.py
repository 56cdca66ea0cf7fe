"""What models answer, made into messages: any text is taken, in bounded time and depth, and none raises."""

from synthgen.parsing.cleaning import clean_message
from synthgen.parsing.conversation import conversation_schema, parse_conversation, turns_schema
from synthgen.parsing.notes import RawNotes, parse_notes
from synthgen.parsing.preferences import RawPreference, Winner, parse_preference, preference_schema
from synthgen.parsing.reasoning import strip_reasoning
from synthgen.parsing.rounds import Round, Rounds, parse_rounds, rounds_schema
from synthgen.parsing.scores import RawScore, parse_scores, scores_schema
from synthgen.parsing.slots import Slotted, parse_slots, slot_schema

__all__ = [
    "RawNotes",
    "RawPreference",
    "RawScore",
    "Round",
    "Rounds",
    "Slotted",
    "Winner",
    "clean_message",
    "conversation_schema",
    "parse_conversation",
    "parse_notes",
    "parse_preference",
    "parse_rounds",
    "parse_scores",
    "parse_slots",
    "preference_schema",
    "rounds_schema",
    "scores_schema",
    "slot_schema",
    "strip_reasoning",
    "turns_schema",
]
