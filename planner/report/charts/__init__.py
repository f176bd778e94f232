"""Pictures: data first, drawn in one place."""
