FAREWELL = "CREATE TRIGGER farewell AFTER DELETE ON furniture BEGIN SELECT 1; END"


def upgrade_():
    with op.batch_alter_table("furniture") as batch_op:
        batch_op.alter_column("value_note", existing_type=sa.String(20), type_=sa.String(60))
    op.execute(FAREWELL)


def downgrade_():
    with op.batch_alter_table("furniture") as batch_op:
        batch_op.alter_column("value_note", existing_type=sa.String(60), type_=sa.String(20))
    op.execute(FAREWELL)
