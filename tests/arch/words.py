"""No file names a package registry or a folder of somebody's machine.

The patterns have a bracket in them so that this file passes its own check.
"""

from __future__ import annotations

import re

from tree import Fault, Tree

_FORBIDDEN = {
    r"npm[j]s|[p]ypi\.|crates\.[i]o|docker\.[i]o|ghcr\.[i]o|quay\.[i]o|deb\.[d]ebian":
        "names a package registry",
    r"(?<![\w.$}])/(?:[w]ork|[r]oot|[h]ome|[U]sers)/": "names a folder of one machine",
}


def check(tree: Tree) -> list[str]:
    complaints = []
    for path in tree.files():
        try:
            lines = tree.lines(path)
        except UnicodeDecodeError:
            continue  # Binary: test data.
        for number, line in lines:
            for pattern, why in _FORBIDDEN.items():
                match = re.search(pattern, line)
                if match:
                    complaints.append(f"{path}:{number}: {match.group(0)!r} {why}")
    return complaints


FAULTS = [
    Fault("deploy/planted.sh", "curl registry.npm" + "js.org\n", "names a package registry"),
    Fault("deploy/planted.sh", "cd /ro" + "ot/x\n", "names a folder of one machine"),
    Fault("deploy/planted.yaml", 'path: "/wo' + 'rk/x"\n', "names a folder of one machine"),
]
