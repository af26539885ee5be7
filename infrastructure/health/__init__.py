"""How a grootboek is doing, asked from outside: cheap, and answered whatever is wrong."""

from rekenschap.infrastructure.health.examine import examined_at, keuring_of

__all__ = ["examined_at", "keuring_of"]
