"""Solutions spoilt in small ways: a mutant that no check refuses shows a hole."""
