"""Business hours by brute force, for test/analytics/business-hours.test.ts. Run once, and again when a case is added:

    python3 test/reference/business-hours.py > test/reference/business-hours.json

Independent of the code: every second of UTC between two instants is looked at (in steps of 15 minutes, on which all
instants and shifts lie), turned into local time by Python's zoneinfo, and counted where the local clock shows working time.
"""

import json
import random
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

HOLIDAYS = ["2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-07-03"]
OFFICE = [[[540, 1020]]] * 5 + [[], []]
WEEKS = {
    "office": OFFICE,
    "split": [[[510, 720], [780, 1050]]] * 5 + [[[600, 840]], []],
    "always": [[[0, 1440]]] * 7,
    "night": [[[0, 360], [1320, 1440]]] * 7,
}
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo"]
STEP = timedelta(minutes=15)


def hours(start, end, zone, week):
    holidays = {date.fromisoformat(day) for day in HOLIDAYS}
    worked, at = 0, start
    while at < end:
        local = at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        if local.date() not in holidays and any(o <= minute < c for o, c in week[local.weekday()]):
            worked += 1
        at += STEP
    return worked / 4


def main():
    chance = random.Random(20261127)
    first = datetime(2025, 9, 1, tzinfo=timezone.utc)
    rows = []
    for zone in ZONES:
        for name, week in WEEKS.items():
            spans = [(chance.randrange(0, 96 * 330), int(chance.expovariate(1 / 400)) + 1) for _ in range(12)]
            # both clock changes of Europe and of the States, from the evening before
            for change in ["2025-10-25", "2025-11-01", "2026-03-07", "2026-03-28"]:
                begun = datetime.fromisoformat(change + "T18:00:00+00:00")
                spans.append(((begun - first) // STEP, 96 + chance.randrange(0, 96)))
            for offset, length in spans:
                start = first + offset * STEP
                end = start + length * STEP
                rows.append(
                    {
                        "zone": zone,
                        "week": name,
                        "from": start.isoformat(),
                        "to": end.isoformat(),
                        "hours": hours(start, end, ZoneInfo(zone), week),
                    }
                )
    tables = {
        "holidays": [{"day": day} for day in HOLIDAYS],
        "weeks": [{"name": name, "week": week} for name, week in WEEKS.items()],
        "hours": rows,
    }
    lines = [f'"versions": {json.dumps({"python": sys.version.split()[0]})}']
    for name, table in tables.items():
        lines.append(f'"{name}": [\n' + ",\n".join(json.dumps(row) for row in table) + "\n]")
    print("{\n" + ",\n".join(lines) + "\n}")


main()
