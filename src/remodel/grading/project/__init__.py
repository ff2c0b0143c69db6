"""What a grader can say: the answer under test, its databases and its deployments."""
