"""What several commands print."""

import json

import click


def print_json(told: object) -> None:
    """`told` as JSON, for a program to read."""
    click.echo(json.dumps(told, indent=2, ensure_ascii=False))
