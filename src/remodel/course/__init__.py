"""What the course's folders say: lessons, exercises, questions. Nothing runs here."""
