"""The rules of scoring (design section 4) one by one in Python: print, ratings, quarters, formulas.

Shares no code and no method with the scoring domain: fractions and decimal instead of GMP, and
where the code combines lists of submitted values, a running story of the year, quarter by quarter.
"""

import decimal
from fractions import Fraction

HONEST_DIGITS_MAX = 20

decimal.getcontext().prec = 120

_LETTERS = [("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30), ("D", None)]
_REGIONAL = [("ST", 91), ("T", 76), ("S", 66), ("R", 51), ("SR", None)]

# A scale is a list of rating, lower bound, and whether the bound belongs to it, from the highest.
SCALES = {
    "permenpanrb-53-2014": [(name, bound, True) for name, bound in _LETTERS],
    "permenpanrb-88-2021": [(name, bound, False) for name, bound in _LETTERS],
    "permendagri-86-2017": [(name, bound, True) for name, bound in _REGIONAL],
}


# --- rounding and rating -----------------------------------------------------------------------


def to_digits(value, digits, mode=decimal.ROUND_HALF_UP):
    quotient = decimal.Decimal(value.numerator) / decimal.Decimal(value.denominator)
    result = quotient.quantize(decimal.Decimal(1).scaleb(-digits), rounding=mode)
    return format(abs(result) if result.is_zero() else result, "f")


def rating(scale, value):
    for name, bound, included in scale:
        if bound is None or value > bound or (included and value == bound):
            return name
    raise AssertionError


def printed(value, digits, missed, scale):
    """The text, and whether it took more digits than the policy's."""
    for tried in range(digits, HONEST_DIGITS_MAX + 1):
        text = to_digits(value, tried)
        shown = Fraction(text)
        higher = scale is not None and shown > value
        better = higher and rating(scale, shown) != rating(scale, value)
        if not better and not (missed and value < 100 <= shown):
            return text, tried > digits
    return to_digits(value, HONEST_DIGITS_MAX, decimal.ROUND_FLOOR), True


# --- the year of an indicator ------------------------------------------------------------------


class Story:
    """What is known of an indicator to date, told quarter by quarter."""

    def __init__(self, aggregation):
        self.aggregation = aggregation
        self.told = []  # What counts: (kind, payload, unit fits).
        self.values_told = 0
        self.quarters_in_mean = []  # How many values each of `told` stands for.
        self.declared_na = False

    def tell(self, to_date, kind, payload):
        if kind == "NA":
            self.declared_na = True
            if to_date:
                self.told, self.quarters_in_mean, self.values_told = [], [], 0
            return
        self.values_told += 1
        if to_date or self.aggregation in ("LAST", "CONSTANT"):
            self.told, self.quarters_in_mean = [], []
        self.told.append((kind, payload))
        self.quarters_in_mean.append(self.values_told if to_date else 1)

    def realized(self, findings, is_ratio):
        """(outcome, value or None)."""
        if not self.told:
            return ("NOT_APPLICABLE" if self.declared_na else "MISSING"), None
        for kind, payload in self.told:
            if is_ratio and kind != "ratio":
                findings.add("NOT_REPRODUCIBLE")
            if kind == "ratio" and payload[0] > payload[1]:
                findings.add("NUMERATOR_ABOVE_DENOMINATOR")
        if any(kind == "other unit" for kind, _ in self.told):
            findings.add("UNIT_DIFFERS")
            return "NOT_SCORED", None
        quotients = all(kind == "ratio" for kind, _ in self.told)
        if quotients and self.aggregation not in ("MAX", "MIN"):
            # LAST and CONSTANT have one left; everything else is recomputed from the sums.
            return self.quotient(
                sum(n for _, (n, _) in self.told), sum(d for _, (_, d) in self.told), findings
            )
        amounts = []
        for kind, payload in self.told:
            outcome, amount = (
                self.quotient(*payload, findings) if kind == "ratio" else ("VALUE", payload)
            )
            if outcome != "VALUE":
                return outcome, None
            amounts.append(amount)
        if self.aggregation == "AVERAGE":
            weighted = sum(a * n for a, n in zip(amounts, self.quarters_in_mean))
            return "VALUE", weighted / sum(self.quarters_in_mean)
        combine = {"SUM": sum, "MAX": max, "MIN": min}.get(self.aggregation, lambda a: a[-1])
        return "VALUE", combine(amounts)

    @staticmethod
    def quotient(numerator, denominator, findings):
        if denominator == 0:
            findings.add("ZERO_DENOMINATOR")
            return "NOT_SCORED", None
        return "VALUE", Fraction(numerator) / denominator * 100


def combined_targets(aggregation, targets):
    if aggregation == "SUM":
        return sum(targets)
    if aggregation == "AVERAGE":
        return sum(targets) / len(targets)
    return {"MAX": max, "MIN": min}.get(aggregation, lambda a: a[-1])(targets)


def formula_answer(formula, t, upper, r):
    """(state or None, percent, met, fault)."""
    ranged = formula.startswith("RANGE")
    if t < 0:
        return "NOT_SCORED", None, False, "FORMULA_NOT_APPLICABLE"
    if ranged and (upper is None or upper < t):
        return "NOT_SCORED", None, False, "FORMULA_NOT_APPLICABLE"
    top = upper if ranged else t
    if top == 0:
        if r == 0:
            return "NOT_APPLICABLE", None, False, None
        return "NOT_SCORED", None, False, "ZERO_TARGET"
    if ranged and t <= r <= upper:
        return None, Fraction(100), True, None
    bound = t if not ranged or r < t else upper
    lower_is_better = formula in ("NEGATIVE", "INVERSE", "RANGE_NEGATIVE")
    met = r <= top if lower_is_better else r >= t
    divisor = r if formula == "INVERSE" else bound
    if divisor == 0 or (formula == "INVERSE" and r < 0):
        return "NOT_SCORED", None, False, "FORMULA_NOT_APPLICABLE"
    if formula == "INVERSE":
        percent = t / r
    elif lower_is_better:
        percent = 2 - r / bound
    else:
        percent = r / bound
    return None, percent * 100, met, None
