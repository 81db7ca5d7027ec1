"""Efficiency by both methods, in whole numbers of 10^-12 where a root is no fraction."""

from fractions import Fraction

from scoring_rules import printed

ROOT_DIGITS = 12


def figure(state, value=None, text=None):
    return {"state": state} if value is None else {
        "state": state, "exact": str(value), "printed": text,
    }


def efficiency(scorer, achievement, absorption, outputs):
    """`absorption` is (state, number or None); an output has shares, budget and spent."""
    method = scorer.policy["efficiency"]["method"]
    if method == "NONE":
        return figure("NOT_APPLICABLE")
    if method == "PMK_214_2017":
        return by_outputs(scorer, outputs)
    for state, number in ((achievement.state, achievement.exact), absorption):
        if number is None:
            return figure(state)
    value = achievement.exact - absorption[1]
    tolerance = scorer.policy["efficiency"]["tolerance"]
    words = "efisien" if value > tolerance else (
        "tidak efisien" if value < -tolerance else "cukup efisien"
    )
    sides = [("above", tolerance, False), ("within", -tolerance, True), ("below", None, True)]
    text, _ = printed(value, scorer.policy["digits"], False, sides)
    return figure(scorer.number_state(value), value, text) | {"words": words}


def geometric_mean(shares):
    if len(shares) == 1:
        return shares[0]
    product = Fraction(1)
    for share in shares:
        product *= share
    power = len(shares)
    whole = product.numerator * 10 ** (ROOT_DIGITS * power) // product.denominator
    low, high = 0, 1
    while high**power <= whole:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**power <= whole else (low, middle)
    return Fraction(low, 10**ROOT_DIGITS)


def share_reached(parts):
    shares = []
    for part in parts:
        if part.state == "NOT_APPLICABLE":
            continue
        if part.exact is None:
            return None
        shares.append(max(part.exact, Fraction(0)) / 100)
    return geometric_mean(shares) if shares else None


def by_outputs(scorer, outputs):
    earned = spent = Fraction(0)
    counted = False
    for output in outputs:
        share = share_reached(output["shares"])
        if share is None or output["spent"] is None:
            continue
        counted = True
        earned += output["budget"] * share
        spent += output["spent"]
    if not counted:
        return figure("MISSING")
    if earned == 0:
        return figure("NOT_SCORED")
    value = (earned - spent) / earned * 100
    scaled = 50 + min(max(value, Fraction(-20)), Fraction(20)) / 20 * 50
    digits = scorer.policy["digits"]
    return figure(scorer.number_state(value), value, printed(value, digits, False, None)[0]) | {
        "value": figure(
            scorer.number_state(scaled), scaled, printed(scaled, digits, False, None)[0]
        )
    }
