"""tool/package.sh [archive] [wheel]: what users install without building, in dist/."""

import sys

import archive
import wheel
from product import ROOT, Refusal

MAKERS = {"archive": archive.make, "wheel": wheel.make}


def main(words):
    if any(word not in MAKERS for word in words):
        print("package.sh: say archive, wheel or nothing", file=sys.stderr)
        return 2
    try:
        for word in words or MAKERS:
            made, needs = MAKERS[word](ROOT / "dist")
            print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB, {needs}")
    except Refusal as refusal:
        print(f"package.sh: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
