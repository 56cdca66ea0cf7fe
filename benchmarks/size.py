"""What a core install takes on disk: direct dependencies, packages, bytes with and without compiled files.

`python benchmarks/size.py [PYTHON ...]`: one or more interpreters, this one by default. Each makes an empty environment
and installs the wheel there as a user does; what counts are the files that the packages, pip apart, say are their own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from harness import store

PROJECT = Path(__file__).parents[1]
CHECK = PROJECT / ".ci" / "check_core.py"


def run(*command: str | Path) -> str:
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def installed(python: str, wheel: Path, scratch: Path) -> dict[str, list[int]]:
    """Return what each package takes in an environment that holds the wheel alone, pip and setuptools apart."""
    run(python, "-m", "venv", scratch)
    inside = scratch / "bin" / "python"
    run(inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", wheel)
    return dict(json.loads(run(inside, CHECK)))


def figures(sizes: dict[str, list[int]]) -> dict[str, Any]:
    total, compiled = (sum(column) for column in zip(*sizes.values(), strict=True))
    largest = sorted(sizes.items(), key=lambda item: -item[1][0])
    return {
        "packages": len(sizes),
        "bytes": total,
        "mib": round(total / 2**20, 2),
        "bytes_without_compiled_files": total - compiled,
        "largest": {name: size for name, (size, _) in largest[:12]},
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", scratch, PROJECT)
        (wheel,) = scratch.glob("synthgen-*.whl")
        results: dict[str, Any] = {"wheel_bytes": wheel.stat().st_size}
        for place, python in enumerate(sys.argv[1:] or [sys.executable]):
            version = run(python, "-c", "import platform; print(platform.python_version())").strip()
            results[version] = figures(installed(python, wheel, scratch / str(place)))
        store("size", results)


if __name__ == "__main__":
    main()
