"""What is probably so, with held-out checks: beside the verdicts, no part of them."""
