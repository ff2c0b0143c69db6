"""Solutions with one small fault: a mutant that no check refuses shows a hole."""
