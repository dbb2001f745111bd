"""What alembic runs: the migrations, on the connection that `stores.upgrade` hands over."""

from alembic import context

# Batches copy a table where SQLite cannot alter it.
context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
