"""Types a lesson's page into a terminal, as a learner does, and prints on it what appeared."""
