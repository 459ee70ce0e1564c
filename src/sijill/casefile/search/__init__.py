"""Search in a case: full text and filters over claims, sorted, in pages that fit together whatever is added."""
