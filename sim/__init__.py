"""Agent-based simulation of industrial-zone policy."""
