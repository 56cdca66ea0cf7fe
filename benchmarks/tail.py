"""How long the last 2 % of the rows take when 30 % of the drafts drop at random, and what the second tries cost.

`python benchmarks/tail.py` takes about a minute. Repairs are off, so that a bad text is a drop: with 16.3 % of
the queries and as many of the replies bad, 30 % of the drafts come to nothing.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import yaml
from harness import generate, loopback, raise_file_limit, store

from synthgen.catalog import load_spec

ROWS = 5_000
ENDED = """
    SELECT max(calls.ended) FROM rows JOIN row_calls ON row_calls.row = rows.n JOIN calls ON calls.id = row_calls.call
    WHERE rows.state = 'accepted' GROUP BY rows.n ORDER BY 1
"""


def main() -> None:
    raise_file_limit()
    _, bundled = load_spec("mentalchat33")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        spec = scratch / "no_repairs.yaml"
        spec.write_text(yaml.safe_dump(yaml.safe_load(bundled.read_text()) | {"repairs": 0}, allow_unicode=True))
        with loopback(scratch, "--latency", "0.2-0.8", "--bad-share", "0.1634") as server:
            outcome = generate(server, scratch / "run", "--topics", str(spec), "--n", str(ROWS), "--concurrency", "128")
        with closing(sqlite3.connect(scratch / "run" / "ledger.sqlite")) as ledger:
            ended = [moment for (moment,) in ledger.execute(ENDED)]
            (began,) = ledger.execute("SELECT min(ended - seconds) FROM calls").fetchone()
    record = outcome.record
    dropped = sum(record["dropped"].values())
    store(
        "tail",
        {
            "rows": record["accepted"],
            "dropped_share": round(dropped / (dropped + record["accepted"] + record["surplus"]), 3),
            "surplus_share": round(record["surplus"] / record["accepted"], 3),
            "seconds": round(ended[-1] - began, 2),
            "last_2_percent_s": round(ended[-1] - ended[int(0.98 * ROWS) - 1], 2),
            "last_2_percent_of_wall": round((ended[-1] - ended[int(0.98 * ROWS) - 1]) / (ended[-1] - began), 3),
        },
    )


if __name__ == "__main__":
    main()
