"""A small agency: as little as the services take, in as many years and quarters as wanted."""

from __future__ import annotations

from typing import Any

from suite import Suite

AGENCY = "regions/35.09/agencies/kecil"


def agency(name: str = AGENCY) -> dict[str, Any]:
    return {
        "name": name,
        "display_name": "Dinas Kecil",
        "government": "Pemerintah Kabupaten Jember",
    }


def annual_plan(year: int = 2023, name: str = AGENCY) -> dict[str, Any]:
    """One objective, one key indicator, one sub-activity with one output."""
    sub_activity = {
        "code": "sub",
        "display_name": "Sub kegiatan",
        "budget": "1000",
        "indicators": [
            {
                "code": "output",
                "display_name": "Keluaran",
                "target": {"value": "10", "unit": "orang"},
            }
        ],
    }
    activity = {"code": "K1", "display_name": "Kegiatan", "sub_activities": [sub_activity]}
    objective = {
        "code": "S1",
        "display_name": "Sasaran",
        "indicators": [
            {
                "code": "IKU1",
                "display_name": "Indikator",
                "target": {"value": "80", "unit": "orang"},
            }
        ],
        "programs": [{"code": "P1", "display_name": "Program", "activities": [activity]}],
    }
    return {
        "name": f"{name}/annualPlans/{year}",
        "effective_date": f"{year}-01-01",
        "annual_plan": {"year": year, "objectives": [objective]},
    }


def submission(
    year: int = 2023,
    quarter: int = 1,
    quantity: str = "5",
    coverage: str = "quarter",
    name: str = AGENCY,
) -> dict[str, Any]:
    """As a file has it; for a raw call the coverage is `COVERAGE_QUARTER`."""
    return {
        "name": f"{name}/submissions/{year}Q{quarter}",
        "coverage": coverage,
        "indicators": [{"indicator_code": "IKU1", "quantity": quantity, "unit": "orang"}],
        "budgets": [{"sub_activity_code": "sub", "realized": "100"}],
    }


def publish(suite: Suite, *years: int) -> None:
    """Registers the agency and publishes a plan a year."""
    suite.ctl("agency", "register", suite.file(agency()))
    suite.ctl("plan", "publish", *(suite.file(annual_plan(year)) for year in years))


def submit(suite: Suite, *quarters: int) -> None:
    suite.ctl("submit", *(suite.file(submission(quarter=quarter)) for quarter in quarters))
