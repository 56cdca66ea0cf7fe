"""What models answer, made into messages: any text is taken, in bounded time and depth, and none raises."""

from synthgen.parsing.cleaning import clean_message
from synthgen.parsing.reasoning import strip_reasoning
from synthgen.parsing.slots import Slotted, parse_slots, slot_schema

__all__ = ["Slotted", "clean_message", "parse_slots", "slot_schema", "strip_reasoning"]
