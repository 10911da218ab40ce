"""The raion workbook: the form that clerks fill in, read, checked and stored."""
