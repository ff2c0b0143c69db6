"""A house to try claims on, for the tests and for `remodel myth`."""
