"""What several commands print."""

import json

import click


def print_json(value: object) -> None:
    """`value` as JSON, for a program to read."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
