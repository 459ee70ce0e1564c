"""names → points: the gazetteer (shipped, built by the user, looked up) and the resolver that says how sure it is."""
