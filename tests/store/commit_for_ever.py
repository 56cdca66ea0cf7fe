"""A process to be killed: it commits without end and says which rows' futures have resolved.

python commit_for_ever.py FOLDER
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from ledger_trials import call_of, row_of

from synthgen.store.ledger import Ledger


async def commit(folder: Path) -> None:
    ledger = Ledger(folder, write=True)
    await ledger.note(run="trial")
    print("locked", os.getpid(), flush=True)

    async def one_after_another(first: int) -> None:
        number = first
        while True:
            await ledger.commit([call_of("x" * 500)], [row_of(number)])
            os.write(1, f"{number}\n".encode())
            number += 8

    await asyncio.gather(*(one_after_another(first) for first in range(1, 9)))


if __name__ == "__main__":
    asyncio.run(commit(Path(sys.argv[1])))
