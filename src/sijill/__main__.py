"""`python -m sijill`, the same as `sijill`."""

from __future__ import annotations

from sijill.cli import main

main()
