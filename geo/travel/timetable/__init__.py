"""Travel by timetable: a day's connections, earliest arrival, profiles, return."""
