"""The scoreboard, as a script: `python eval/scoreboard.py` (see `--help`, and eval/README.md)."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # A script has its own folder on the path; the package `eval` lies one above.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from eval.board import main

    raise SystemExit(main())
