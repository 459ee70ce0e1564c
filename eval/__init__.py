"""What the reading is measured on, and how. `python eval/scoreboard.py` prints the board; README.md explains it."""
