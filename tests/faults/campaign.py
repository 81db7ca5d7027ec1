"""What campaigns in Python are started with."""

from __future__ import annotations

import argparse
import pathlib


def read_arguments(short_size: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--size", type=int, default=short_size)
    parser.add_argument("--seed", type=int, default=20231231)
    return parser.parse_args()
