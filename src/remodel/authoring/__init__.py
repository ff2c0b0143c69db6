"""What keeps the graders honest: content rules, the kill matrix, mutants."""
