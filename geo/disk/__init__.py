"""The disk: its faults in a sentence, and files that are there whole or not at all."""
