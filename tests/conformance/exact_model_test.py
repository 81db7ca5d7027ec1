"""Compares common/exact with a model that shares no code and no method with it.

usage: exact_model_test.py DRIVER [SEED]

Makes COUNT random questions, answers them with Python's fractions and decimal, puts all of them to
DRIVER in one run and compares byte for byte. The seed is printed; SEED replays a run. Where the
code multiplies and divides integers, the model expands the quotient to PRECISION digits and lets
decimal.quantize round it. That is exact: a quotient of numbers of 27 digits lies on a tie, and then
ends within PRECISION, or further from it than 10^-50.
"""

import collections
import decimal
import fractions
import random
import re
import subprocess
import sys

SEED = 5386
COUNT = 100_000
PRECISION = 200
SHOWN = 20  # differences printed
HONEST_DIGITS_MAX = 20
LIMIT = fractions.Fraction(10) ** 18
BILLION = 10**9

decimal.getcontext().prec = PRECISION
MODES = {
    "round": decimal.ROUND_HALF_UP,
    "floor": decimal.ROUND_FLOOR,
    "truncate": decimal.ROUND_DOWN,
}


# --- the model ---------------------------------------------------------------------------------


def at_digits(value, digits, mode):
    """The fraction `value` as a Decimal of `digits` digits after the point, never minus zero."""
    quotient = decimal.Decimal(value.numerator) / decimal.Decimal(value.denominator)
    result = quotient.quantize(decimal.Decimal(1).scaleb(-digits), rounding=mode)
    return result.copy_abs() if result.is_zero() else result


def plain(value):
    return format(value, "f")


def without_zeros(text):
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical(value):
    """The shortest text of a fraction that has at most nine digits after the point."""
    return without_zeros(plain(at_digits(value, 9, decimal.ROUND_HALF_EVEN)))


def in_limit(value):
    return canonical(value) if -LIMIT < value < LIMIT else "OUT_OF_RANGE"


def parse(text, fraction_digits_max):
    if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,%d})?" % fraction_digits_max, text):
        return "INVALID_ARGUMENT"
    return canonical(fractions.Fraction(text))


def honest(value, digits, missed, bounds):
    """Tries every count of digits from the policy's on, as the rule is worded."""
    guarded = bounds + ([("[", fractions.Fraction(100))] if missed else [])
    for tried in range(digits, HONEST_DIGITS_MAX + 1):
        shown = at_digits(value, tried, decimal.ROUND_HALF_UP)
        figure = fractions.Fraction(shown)
        kinder = any(
            (figure >= bound and not value >= bound)
            if side == "["
            else (figure > bound and not value > bound)
            for side, bound in guarded
        )
        if not kinder:
            return f"{plain(shown)} {tried} {int(tried > digits)}"
    below = at_digits(value, HONEST_DIGITS_MAX, decimal.ROUND_FLOOR)
    return f"{plain(below)} {HONEST_DIGITS_MAX} 1"


def lowest_terms(value):
    if value.denominator == 1:
        return str(value.numerator)
    return f"{value.numerator}/{value.denominator}"


def indonesian(text):
    """By way of Python's own thousands separator."""
    match = re.fullmatch(r"(-?)([0-9]+)(?:\.([0-9]+))?", text)
    if not match:
        return None
    sign, integer, fraction = match.groups()
    # The 1 in front keeps leading zeros; padded to whole groups so that it makes one of its own.
    padded = "1" + integer.rjust(-(-len(integer) // 3) * 3, "0")
    grouped = f"{int(padded):,}".replace(",", ".")[2:]
    return sign, grouped[len(grouped.replace(".", "")) - len(integer) :], fraction


def number(text):
    parts = indonesian(text)
    if parts is None:
        return text
    sign, integer, fraction = parts
    return sign + integer + ("," + fraction if fraction else "")


def rupiah(text):
    parts = indonesian(text)
    if parts is None:
        return text
    sign, integer, fraction = parts
    return sign + "Rp" + integer + ("," + fraction.ljust(2, "0") if fraction else "")


# --- the questions -----------------------------------------------------------------------------


def billionths_text(count):
    """`count` billionths as decimal text."""
    sign, magnitude = ("-", -count) if count < 0 else ("", count)
    return without_zeros(f"{sign}{magnitude // BILLION}.{magnitude % BILLION:09d}")


class Questions:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def count(self):
        """Billionths of any size, often at an edge."""
        r = self.random
        kind = r.randrange(5)
        if kind == 0:
            value = r.randrange(0, 1000) * BILLION
        elif kind == 1:
            value = 10**27 - r.randrange(1, 5)
        elif kind == 2:
            value = r.randrange(0, 100) * 10 ** r.randrange(0, 9)
        else:
            value = r.randrange(0, 10 ** r.randrange(1, 28))
        return -value if r.randrange(3) == 0 else value

    def text(self):
        """Text that is often nearly a decimal."""
        r = self.random
        if r.randrange(2):
            integer = "".join(r.choices("0123456789", k=r.choice([0, 1, 2, 3, 4, 17, 18, 19])))
            fraction = "".join(r.choices("0123456789", k=r.choice([0, 1, 2, 3, 8, 9, 10])))
            point = r.choice(["", ".", ".", ".", ","])
            return r.choice(["", "", "", "-", "+", " "]) + integer + point + fraction
        return "".join(r.choices("0123456789.,-+eE %x\té٣", k=r.randrange(0, 8)))

    def parse(self):
        text = self.text()
        return f"parse {text}", parse(text, 9)

    def money(self):
        text = self.text()
        return f"money {text}", parse(text, 2)

    def number(self):
        text = self.text() if self.random.randrange(3) == 0 else billionths_text(self.count())
        return f"number {text}", number(text)

    def rupiah(self):
        text = self.text() if self.random.randrange(3) == 0 else billionths_text(self.count())
        return f"rupiah {text}", rupiah(text)

    def two(self):
        """Two counts, often neighbours or each other's rest to the limit."""
        r = self.random
        a = self.count()
        kind = r.randrange(4)
        if kind == 0:
            return a, a + r.randrange(-1, 2) if abs(a) < 10**27 - 1 else a
        if kind == 1:
            rest = r.choice([-1, 1]) * 10**27 - a + r.randrange(-2, 3)
            if abs(rest) < 10**27:
                return a, rest
        return a, self.count()

    def add(self):
        a, b = self.two()
        expected = in_limit(fractions.Fraction(a + b, BILLION))
        return f"add {billionths_text(a)} {billionths_text(b)}", expected

    def subtract(self):
        a, b = self.two()
        expected = in_limit(fractions.Fraction(a - b, BILLION))
        return f"subtract {billionths_text(a)} {billionths_text(b)}", expected

    def compare(self):
        a, b = self.two()
        return f"compare {billionths_text(a)} {billionths_text(b)}", str((a > b) - (a < b))

    def quotient(self):
        r = self.random
        mode = r.choice(sorted(MODES))
        digits = r.randrange(0, 12)
        num = self.count()
        den = self.count()
        if r.randrange(3) == 0:  # At a tie or right beside it.
            den = 2 * 10**digits
            num = r.randrange(-(10**6), 10**6) * r.choice([1, 10**9]) + r.randrange(-1, 2)
        question = f"{mode} {billionths_text(num)} {billionths_text(den)} {digits}"
        if den == 0:
            return question, "INVALID_ARGUMENT"
        text = plain(at_digits(fractions.Fraction(num, den), digits, MODES[mode]))
        return question, without_zeros(text) if mode == "truncate" else text

    def honest(self):
        r = self.random
        bounds = [r.choice("[(") + t for t in r.choice([[], ["90", "80", "0"], ["90.005", "76.5"]])]
        near = fractions.Fraction(r.choice([100, 90, 80, 76, 0]))
        near += r.choice([0, 0, fractions.Fraction(1, 200), fractions.Fraction(1, 2)])
        # Beside a boundary by 1 to 9 units of the 1st to 25th digit.
        places = r.randrange(1, 26)
        value = near + fractions.Fraction(r.randrange(-9, 10), 10**places)
        den = 10 ** (max(places, 3))
        num = value * den
        assert num.denominator == 1 and abs(num) < 10**28
        if abs(num) >= 10**27:  # No decimal holds it.
            return self.honest()
        digits = r.randrange(0, 5) if r.randrange(10) else r.randrange(0, HONEST_DIGITS_MAX + 1)
        missed = r.randrange(2)
        question = " ".join(
            ["honest", billionths_text(int(num)), billionths_text(den), str(digits), str(missed)]
            + bounds
        )
        parsed = [(b[0], fractions.Fraction(b[1:])) for b in bounds]
        return question, honest(value, digits, missed, parsed)

    def mean(self):
        r = self.random
        values = []
        words = []
        for _ in range(r.randrange(1, 15)):
            num = self.count()
            den = self.count() or 1
            values.append(fractions.Fraction(num, den))
            words.append(f"{billionths_text(num)}/{billionths_text(den)}")
        return "mean " + " ".join(words), lowest_terms(sum(values) / len(values))

    def next(self):
        kind = self.random.choice(
            ["parse", "money", "number", "rupiah", "add", "subtract", "compare"]
            + ["quotient"] * 4
            + ["honest"] * 4
            + ["mean"]
        )
        return kind, *getattr(self, kind)()


def main():
    driver = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    print(f"seed {seed}, {COUNT} questions")
    questions = Questions(seed)
    cases = [questions.next() for _ in range(COUNT)]
    run = subprocess.run(
        [driver],
        input="".join(question + "\n" for _, question, _ in cases).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    answers = run.stdout.decode().split("\n")[:-1]
    if len(answers) != len(cases):
        sys.exit(f"{len(cases)} questions but {len(answers)} answers")
    wrong = [(case, answer) for case, answer in zip(cases, answers) if case[2] != answer]
    for (_, question, expected), answer in wrong[:SHOWN]:
        print(f"{question!r}\n  expected {expected!r}\n  answered {answer!r}")
    kinds = collections.Counter(kind for kind, _, _ in cases)
    extended = sum(kind == "honest" and expected.endswith(" 1") for kind, _, expected in cases)
    print(", ".join(f"{kind} {kinds[kind]}" for kind in sorted(kinds)))
    print(f"{extended} figures got more digits than asked for; {len(wrong)} differences")
    # A run that never extends a figure or never refuses a text would prove little.
    refused = sum(expected == "INVALID_ARGUMENT" for _, _, expected in cases)
    overflowed = sum(expected == "OUT_OF_RANGE" for _, _, expected in cases)
    if min(extended, refused, overflowed) < COUNT // 1000:
        sys.exit(f"too few hard cases: {extended} extended, {refused} refused, {overflowed} over")
    if wrong:
        sys.exit(f"replay with seed {seed}")


if __name__ == "__main__":
    main()
