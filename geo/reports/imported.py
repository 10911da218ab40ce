"""What a raion is told when its workbook was taken, in the language of the form."""

from pathlib import Path

from geo.layers.opening_hours import not_understood, reception_days
from geo.sources.workbook.content import WorkbookContent
from geo.sources.workbook.faults import Faults
from geo.texts import wording


def taken(content: WorkbookContent, kept: Path) -> str:
    """Return where the workbook is kept, what was not understood, and the next step.

    Hours that nobody can read are no fault: the facility counts, its hours do not.
    """
    said = wording("workbook.taken", "ru")
    lines = [str(kept), said["taken"]]
    unread = [str(fault) for fault in unread_hours(content).found]
    if unread:
        lines += [said["unread"], *(f"  {one}" for one in unread)]
    return "\n".join([*lines, said["build"].format(country=content.country)]) + "\n"


def unread_hours(content: WorkbookContent) -> Faults:
    """Return the cells of facilities with hours or days that give no week."""
    faults = Faults(content.sheets["facilities"])
    for row in content.declared("facilities"):
        hours, days = (
            None if row.cells.get(key) is None else str(row.cells[key])
            for key in ("hours", "staff_days")
        )
        if row.cells.get("state") == "closed" or not not_understood(hours, days):
            continue
        if reception_days(days) is None:
            faults.add(row.number, "staff_days", days, "unread_days")
        else:
            faults.add(row.number, "hours", hours, "unread_hours")
    return faults
