"""Passports and half-year reports: what a release says, on paper."""
