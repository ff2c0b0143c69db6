"""Grades "Multiple head revisions".

The standard checks say it all: the drafts may be joined in any way that leaves one head, both
columns, and a way back to 0005. There is no check here, because each would refuse nothing new.
"""
