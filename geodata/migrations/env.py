"""Runs the steps on the connection `geodata.schema` hands in, inside its transaction."""

from alembic import context

from geodata.schema import include_object, render_item
from geodata.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=include_object,
    render_item=render_item,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
