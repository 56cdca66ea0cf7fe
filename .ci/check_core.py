"""Adds up what an environment holds besides pip, and says whether a core install is still light.

Prints {package: [bytes, bytes of compiled files]}, of the files that packages say are their own.
"""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path

DIRECT, PACKAGES = 10, 40


def size_of(package: metadata.Distribution) -> list[int]:
    paths = {Path(str(package.locate_file(file))).resolve() for file in package.files or ()}
    files = {path: path.stat().st_size for path in paths if path.is_file()}
    return [sum(files.values()), sum(size for path, size in files.items() if path.suffix == ".pyc")]


def main() -> None:
    sizes = {package.metadata["Name"].lower(): size_of(package) for package in metadata.distributions()}
    sizes = {name: size for name, size in sizes.items() if name not in ("pip", "setuptools")}
    direct = [line for line in metadata.requires("synthgen") or () if "extra ==" not in line]
    print(json.dumps(sizes))
    if len(direct) > DIRECT or len(sizes) > PACKAGES:
        sys.exit(f"{len(direct)} direct dependencies, {len(sizes)} packages: light are {DIRECT} and {PACKAGES} at most")


if __name__ == "__main__":
    main()
