"""Rewrites of a solution that keep its meaning: what a grader may not refuse."""
