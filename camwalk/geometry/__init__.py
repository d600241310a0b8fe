"""Maths on positions: distances, local metres, directions, time zones. No files, no survey."""
