"""Grades "Name your constraints": the standard checks, with names compared, say it all."""
