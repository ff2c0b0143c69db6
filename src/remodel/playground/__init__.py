"""The learner's own folder, and where the learner is."""
