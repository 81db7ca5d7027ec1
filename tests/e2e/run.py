"""Runs the tests of one module against the programs of a build.

    run.py BUILD_DIR MODULE [TEST...]
"""

from __future__ import annotations

import os
import pathlib
import sys
import unittest


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    build, module, *tests = sys.argv[1:]
    os.environ["SAKIP_BUILD"] = str(pathlib.Path(build).resolve())
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
    unittest.main(module=module, argv=[module, *tests], verbosity=2)


if __name__ == "__main__":
    main()
