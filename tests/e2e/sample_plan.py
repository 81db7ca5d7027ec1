"""The plan of the sample, in the order in which its documents were signed."""

from __future__ import annotations

import pathlib
import shutil
from typing import Any

import yaml

from suite import ROOT, Suite

SAMPLE = ROOT / "deploy/samples/jember-2023"
AGENCY = "regions/35.09/agencies/dinsos"
STRATEGIC = f"{AGENCY}/strategicPlans/2021-2026"
PLAN = f"{AGENCY}/annualPlans/2023"
AGREEMENT = f"{AGENCY}/performanceAgreements/2023"
ACTIONS = f"{AGENCY}/actionPlans/2023"
DECREE = f"{AGENCY}/keyIndicatorDecrees/2023"

# The agreement's change was signed before the annual plan was brought in line with it.
ORDER = ("01", "02", "03", "04", "09", "06", "08", "07", "05")

# The fields that hold figures, and what the decree says is counted.
FIGURES = {"value", "unit", "budget", "amount", "statedbudget", "numerator", "denominator"}


def make_folder(suite: Suite, name: str = "plan") -> pathlib.Path:
    """A folder that is read in that order."""
    folder = suite.folder / name
    folder.mkdir()
    for number, wanted in enumerate(ORDER):
        (file,) = SAMPLE.glob(f"{wanted}-*.yaml")
        shutil.copy(file, folder / f"{number}-{file.name}")
    return folder


def read(number: str) -> dict[str, Any]:
    """A file of the sample, its scalars as text."""
    (file,) = SAMPLE.glob(f"{number}-*.yaml")
    return yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)


def figures(node: Any, path: str = "") -> dict[str, str]:
    """The figures of a document, whether of a file or as served, by their places."""
    keys = ("code", "indicator_code", "indicatorCode", "program_code", "programCode", "year",
            "quarter")
    found: dict[str, str] = {}
    if isinstance(node, list):
        for index, item in enumerate(node):
            key = next((item[k] for k in keys if k in item), index)
            found |= figures(item, f"{path}[{key}]")
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "findings":  # Which quote figures of other documents too.
                continue
            found |= figures(value, f"{path}.{key.replace('_', '').lower()}")
    elif path.rpartition(".")[2] in FIGURES and node:
        found[path] = str(node)
    return found
