"""What the package declares is what it imports, and what it ships."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("geo", "api", "maps")


def imported():
    """Return the packages that the program imports, by their names at PyPI."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.partition(".")[0])
    own = {*ROOMS, "bench", *sys.stdlib_module_names}
    names = packages_distributions()
    return {plain(names[module][0]) for module in found - own}


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_declared_dependencies_are_those_imported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = [
        one for extra in project["optional-dependencies"].values() for one in extra
    ]
    declared = {plain(re.split("[<>=]", one)[0]) for one in project["dependencies"]}
    extras = {plain(re.split("[<>=]", one)[0]) for one in optional}
    assert imported() - extras == declared


def test_type_checkers_of_others_read_our_types():
    assert all((ROOT / room / "py.typed").is_file() for room in ROOMS)
