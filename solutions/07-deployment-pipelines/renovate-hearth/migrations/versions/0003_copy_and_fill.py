"""copy and fill

Revision ID: 0003
Revises: 0002
Create Date: 2026-01-03 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()


TEXT = sa.String(length=80)
CONDITION = sa.Enum('good', 'worn', 'broken', name='condition', native_enum=False)
furniture = sa.table(
    'furniture', sa.column('name', TEXT), sa.column('label', TEXT), sa.column('condition', CONDITION)
)
# create_all named neither primary keys nor the foreign key. A table that is rebuilt gets the names
# that the models have by now.
NAMED = {
    'pk': 'pk_%(table_name)s',
    'fk': 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
}


def upgrade_():
    # Not "where label is empty": the old app may have changed a name after the bridge wrote both.
    differs = furniture.c.label.is_distinct_from(furniture.c.name)
    op.execute(sa.update(furniture).where(differs).values(label=furniture.c.name))
    unknown = furniture.c.condition.is_(None)
    op.execute(sa.update(furniture).where(unknown).values(condition='good'))

    with op.batch_alter_table('furniture', naming_convention=NAMED) as batch_op:
        batch_op.alter_column('label', existing_type=TEXT, nullable=False)
        batch_op.alter_column('condition', existing_type=CONDITION, nullable=False)
        # The new app knows `label` alone.
        batch_op.alter_column('name', existing_type=TEXT, nullable=True)
    with op.batch_alter_table('room', naming_convention=NAMED, recreate='always'):
        pass


def downgrade_():
    differs = furniture.c.name.is_distinct_from(furniture.c.label)
    op.execute(sa.update(furniture).where(differs).values(name=furniture.c.label))

    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('name', existing_type=TEXT, nullable=False)
        batch_op.alter_column('condition', existing_type=CONDITION, nullable=True)
        batch_op.alter_column('label', existing_type=TEXT, nullable=True)


def upgrade_archive():
    pass


def downgrade_archive():
    pass
