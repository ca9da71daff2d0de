"""The proleptic Gregorian calendar for every year, before 1 and after 9999 too."""

from __future__ import annotations

# The years chrono can represent.
MIN_YEAR = -262_143
MAX_YEAR = 262_142

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def days_from_civil(year: int, month: int, day: int) -> int:
    """Return the days from 1970-01-01 to a date."""
    # Years begin in March here, so that the leap day comes last.
    if month <= 2:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day - 719_469


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Return the year, month and day that lie some days after 1970-01-01."""
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    return era * 400 + year_of_era + (month <= 2), month, day


def is_leap(year: int) -> bool:
    """Tell whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def weekday(days: int) -> int:
    """Return the day of the week of a day counted from 1970-01-01: 0 is Monday."""
    return (days + 3) % 7


def iso_week(days: int) -> tuple[int, int]:
    """Return the ISO 8601 year and week of a day counted from 1970-01-01."""
    thursday = days - weekday(days) + 3  # a week belongs to the year of its Thursday
    year = civil_from_days(thursday)[0]
    return year, (thursday - days_from_civil(year, 1, 1)) // 7 + 1


def iso_weeks_in_year(year: int) -> int:
    """Return 52 or 53: the number of ISO 8601 weeks of a year."""
    first = weekday(days_from_civil(year, 1, 1))
    return 53 if first == 3 or (first == 2 and is_leap(year)) else 52
