def upgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('size', sa.String(length=20), nullable=True))

    room = sa.table('room', sa.column('size', sa.String(length=20)))
    op.execute(sa.update(room).values(size='unknown'))

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('size', existing_type=sa.String(length=20), nullable=False)
