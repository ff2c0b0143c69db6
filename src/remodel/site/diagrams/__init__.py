"""Diagrams: Mermaid sources in docs/diagrams, drawn once by their author and kept as SVG."""
