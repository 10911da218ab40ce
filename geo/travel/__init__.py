"""Travel engines behind one interface."""
