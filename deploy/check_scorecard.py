"""Compares the scorecard of the sample year (JSON) with the figures that it must show.

    check_scorecard.py SCORECARD.json
"""

from __future__ import annotations

import json
import sys
from typing import Any


def figures(card: dict[str, Any]) -> dict[str, str]:
    """The key figures of a scorecard, each as people read it."""
    shown = {
        "budget": card["budget"]["budget"],
        "realized": card["budget"]["realized"],
        "absorption": card["budget"]["absorption"]["value"],
        "agency": _achievement(card["achievement"]),
    }
    for objective in card["objectives"]:
        for indicator in objective["indicators"]:
            year = indicator["year"]
            shown[indicator["code"]] = (
                f"{year['realization']['value']} of {year['target']['value']}: "
                + _achievement(year["achievement"])
            )
    return shown


def _achievement(achievement: dict[str, Any]) -> str:
    met = "met" if achievement.get("met", False) else "not met"
    return f"{achievement['figure']['value']} {achievement['rating']} {met}"


# IKU2 is printed as 100 % in the agency's own report: 90 of 90.2 is not.
EXPECTED = {
    "budget": "60979145376",
    "realized": "54326348943",
    "absorption": "89.09",
    "agency": "99.94 AA not met",
    "IKU1": "80 of 80: 100.00 AA met",
    "IKU2": "90 of 90.2: 99.78 AA not met",
    "IKU3": "100 of 100: 100.00 AA met",
    "IKU4": "100 of 100: 100.00 AA met",
}


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        shown = figures(json.load(file))
    wrong = 0
    for name, expected in EXPECTED.items():
        if shown.get(name) == expected:
            print(f"{name:<11} {expected}")
        else:
            wrong += 1
            print(f"{name:<11} {shown.get(name)}, expected {expected}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
