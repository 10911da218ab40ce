"""JUDGE: dated norms, and what they say of each settlement and unit."""
