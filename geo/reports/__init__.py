"""What words a release: passports, reports, comparisons, stories, checks, exports."""
