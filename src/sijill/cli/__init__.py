"""The command `sijill`. `main()` runs it and exits: 0 all read, 1 some input rejected, 2 wrong use, 130 stopped."""

from __future__ import annotations

from sijill.cli.app import cli, main

__all__ = ["cli", "main"]
