"""The numbers and keywords of syslog (RFC 5424, RFC 3164)."""

FACILITIES = (
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
    "security", "console", "solaris-cron", "local0", "local1", "local2", "local3", "local4", "local5", "local6",
    "local7",
)  # fmt: skip
FACILITY_CODES = {name: code for code, name in enumerate(FACILITIES)}

LEVELS = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")
#: The old keywords too.
SEVERITIES = {**{name: code for code, name in enumerate(LEVELS)}, "panic": 0, "error": 3, "warn": 4}
