"""Grades "No changes in schema detected".

The standard checks say all of it: the migrated schema is the goal, the app's own models make the
same one, and starting the app makes no table. A check of its own would say one of them twice.
"""
