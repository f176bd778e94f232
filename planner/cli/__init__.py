"""Typer commands: parse, call one use case, render. Heavy imports stand inside each command."""
