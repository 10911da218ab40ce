"""JUDGE: dated norms, gaps, scores, parity."""
