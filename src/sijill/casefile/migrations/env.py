"""What Alembic runs for each command: the scripts, on the connection that `upgrade` was given."""

from __future__ import annotations

from alembic import context

from sijill.casefile.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
