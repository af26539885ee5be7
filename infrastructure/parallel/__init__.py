"""Replaying a grootboek on all cores, or on the machines of a cluster, in parts by jeugdige."""

from rekenschap.infrastructure.parallel.workers import InProcess, Processes

__all__ = ["InProcess", "Processes"]
