"""One script a released schema, the oldest first."""
