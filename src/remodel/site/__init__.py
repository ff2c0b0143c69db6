"""The pages: prose, snippets, transcripts, questions, drawings."""
