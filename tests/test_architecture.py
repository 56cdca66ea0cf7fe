"""The house keeps its order: what docs/architecture.md promises about imports and files, read from the sources."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import synthgen

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "synthgen"
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 300

# A line of the table of the house; its first column names the places of one level.
ROW = re.compile(r"^\| (`.+?`) \|", re.MULTILINE)

# A package outside -> the places that may import it.
FENCES = {
    "openai": {"backends/openai_api.py"},
    "sqlite3": {"store/"},
    "click": {"cli/"},
    "rich": {"cli/"},
    "yaml": {"strict_yaml.py"},
    "pydantic": {"spec.py", "rules/", "parsing/"},
    "jinja2": {"prompts.py", "sandbox.py", "pages/page.py"},
    "ahocorasick": {"filters/phrases.py"},
    "rensa": {"dedup/"},
    "rapidfuzz": {"dedup/"},
    "voyager": {"dedup/semantic.py"},
    "model2vec": {"backends/static_vectors.py"},
    "sentence_transformers": {"backends/sentence_vectors.py"},
    "sacrebleu": {"references/overlap.py"},
    "rouge_score": {"references/rouge.py"},
    "nltk": {"references/meteor.py", "references/stems.py"},
    "bert_score": {"references/bert.py"},
    "huggingface_hub": {"card/hub.py"},
    "vl_convert": {"report/drawing.py"},
    "tenacity": {"backends/patience.py"},
    "docx": {"transcripts/word.py"},
    "pypdfium2": {"transcripts/pdf.py"},
}
# The root and `python -m synthgen`: they open the house and so stand above the table.
DOORS = {"synthgen", "synthgen.__main__"}


def module_of(path: Path) -> str:
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def place_of(module: str) -> str:
    """Return a module's place as the table writes it: `engine/` or `plan.py`."""
    top = module.split(".")[1]
    return f"{top}/" if (PACKAGE / top).is_dir() else f"{top}.py"


MODULES = {module_of(path): path for path in FILES}
TREES = {module: ast.parse(path.read_text(encoding="utf-8")) for module, path in MODULES.items()}


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield every module that a tree imports, own ones as far as they are modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            assert node.module is not None
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if full in MODULES else node.module), node


def own_imports(module: str) -> set[str]:
    return {name for name, _ in imports(TREES[module]) if name.split(".")[0] == "synthgen"}


def levels() -> dict[str, int]:
    """Return place -> level as docs/architecture.md has them, 0 at the top."""
    page = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = ROW.findall(page)
    return {place: level for level, row in enumerate(rows) for place in re.findall(r"`([^`]+)`", row)}


def test_every_place_stands_in_the_table_once():
    rows = levels()
    places = {place_of(module) for module in MODULES if module not in DOORS}
    assert places == set(rows)


@pytest.mark.parametrize("module", sorted(set(MODULES) - DOORS))
def test_a_module_imports_only_what_stands_below_it(module):
    house = levels()
    above = [name for name in own_imports(module) - {"synthgen"} if house[place_of(name)] < house[place_of(module)]]
    assert not above


def test_only_the_doors_of_the_command_import_the_root():
    assert {place_of(module) for module in MODULES if "synthgen" in own_imports(module)} <= {"cli/"}


def test_no_module_imports_itself_round_a_corner():
    graph = {module: own_imports(module) & set(MODULES) for module in MODULES if module != "synthgen"}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' > '.join(error.args[1])}")


@pytest.mark.parametrize("package", sorted(FENCES))
def test_a_package_stays_behind_its_fence(package):
    users = [
        path.relative_to(PACKAGE).as_posix()
        for module, path in MODULES.items()
        if any(name.split(".")[0] == package for name, _ in imports(TREES[module]))
    ]
    assert users, f"nobody imports {package}: the fence is of no use"
    assert not [user for user in users if not user.startswith(tuple(FENCES[package]))]


def test_every_package_outside_is_a_dependency():
    outside = {name.split(".")[0] for tree in TREES.values() for name, _ in imports(tree)}
    listed = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8").lower()
    packages = outside - set(sys.stdlib_module_names) - {"synthgen", "yaml"}
    wanted = {name.replace("_", "-") for name in packages}
    # httpx2 is what openai itself stands on.
    assert not [name for name in wanted - {"httpx2"} if name not in listed]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_nothing_is_imported_inside_a_function(module):
    """A lazy table or an opener goes through importlib, so that it is seen for what it is."""
    inside = [
        f"line {node.lineno}"
        for outer in ast.walk(TREES[module])
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(outer)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside


def test_late_imports_are_in_the_places_that_are_meant_to_be_late():
    users = {module for module, path in MODULES.items() if "import_module" in path.read_text(encoding="utf-8")}
    assert users == {
        "synthgen",
        "synthgen.cli.main",
        "synthgen.backends.models",
        "synthgen.extras",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_file_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_package_files_are_empty_save_the_tables():
    """`__init__.py` holds nothing, or a docstring, imports and one table of names."""
    for module, path in MODULES.items():
        if path.name != "__init__.py" or module == "synthgen":
            continue
        body = [node for node in TREES[module].body if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)]
        if module == "synthgen.filters":
            assert {type(node).__name__ for node in body} == {"Assign", "AnnAssign", "FunctionDef"}
        else:
            assert all(isinstance(node, ast.Assign) for node in body), module
            assert [node.targets[0].id for node in body] in ([], ["__all__"]), module


def test_the_root_names_everything_that_it_offers():
    assert sorted(set(synthgen.__all__) - {"__version__"}) == sorted(synthgen._HOMES)
    assert set(dir(synthgen)) == set(synthgen.__all__)
    for name in synthgen.__all__:
        assert getattr(synthgen, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        synthgen.nothing  # noqa: B018  # the look-up is what is tried
