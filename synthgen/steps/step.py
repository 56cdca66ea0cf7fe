"""What a step is: one call that moves one row on."""

from __future__ import annotations

from typing import Protocol

from synthgen.calls import Reply, Request
from synthgen.records import Row, Stage


class Context(Protocol):
    """All that a step sees of the world."""

    async def generate(self, request: Request, template: str) -> Reply:
        """Return the model's answer to a request made from a template."""
        ...


class Step(Protocol):
    """A step makes exactly one call a run, so that what it received is committed before it is used."""

    @property
    def purpose(self) -> str:
        """What its requests are for, by which the model is found that they go to."""
        ...

    @property
    def makes(self) -> tuple[Stage, ...]:
        """The stages whose texts this step makes, in the order in which filters judge them."""
        ...

    def is_due(self, row: Row) -> bool:
        """Say whether this step is what the row waits for."""
        ...

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row with what the model answered; filters judge it afterwards."""
        ...
