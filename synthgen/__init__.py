"""synthgen: training-ready synthetic dialogues by exact quota."""

__version__ = "0.1.0"
