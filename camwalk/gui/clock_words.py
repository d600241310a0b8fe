"""A device's clock in words."""

from camwalk.i18n import _, number, tell
from camwalk.model import Device
from camwalk.operations.clock_reasons import is_guess


def offset_text(seconds: float) -> str:
    """Signed days, hours, minutes and seconds, as short as they are exact."""
    sign, rest = ("−" if seconds < 0 else "+"), abs(seconds)
    days, rest = divmod(rest, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    digits = 0 if float(rest).is_integer() else 1
    parts = ((days, _("d")), (hours, _("h")), (minutes, _("min")))
    words = [f"{int(value)} {unit}" for value, unit in parts if value]
    if rest or not words:
        words.append(f"{number(rest, digits)} {_('s')}")
    return f"{sign}{' '.join(words)}"


def clock_sentence(device: Device) -> str:
    """What is known of the clock and why."""
    if device.clock_offset is None:
        offset = _("Clock error unknown.")
    elif device.clock_offset == 0:
        offset = "" if is_guess(device) else _("Clock right.")
    else:
        offset = _("Corrected by {offset}.").format(offset=offset_text(device.clock_offset))
    zone = _("Time zone {zone}.").format(zone=device.zone) if device.zone else ""
    reasons = [tell(reason) for reason in (device.clock_reason, device.zone_reason) if reason]
    return " ".join(filter(None, (offset, zone, *reasons)))
