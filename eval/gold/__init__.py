"""Reports that we wrote ourselves, with their gold: `source/*.gold` as annotated, `*.jsonl` as built from them."""
