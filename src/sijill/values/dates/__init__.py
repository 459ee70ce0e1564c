"""Text → stated times, resolved to days against the day of publication."""

from sijill.values.dates.clock import WeekStart
from sijill.values.dates.lexicon import TimeLexicon, load_time
from sijill.values.dates.reader import DateReader

__all__ = ["DateReader", "TimeLexicon", "WeekStart", "load_time"]
