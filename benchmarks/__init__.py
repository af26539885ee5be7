"""Works measured beside their limit and their peers: ``python -m benchmarks`` (docs/figures.md)."""
