"""Observers that come with the package: structured logs, and OpenTelemetry where it is installed.

``OpenTelemetryWaarnemer`` lies in ``rekenschap.infrastructure.observing.telemetry`` and needs
``pip install rekenschap[otel]``.
"""

from rekenschap.infrastructure.observing.journal import JsonRegels, LogWaarnemer

__all__ = ["JsonRegels", "LogWaarnemer"]
