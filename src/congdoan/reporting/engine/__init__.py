"""The arithmetic and rules of reporting, without Django: calendars, values, rules, contents, summing up."""
