"""SCORE: gaps summed over standards, people and areas; parity; what is robust."""
