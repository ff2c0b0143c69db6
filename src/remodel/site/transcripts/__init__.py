"""What a terminal shows: the steps of a transcript, run and normalised."""
