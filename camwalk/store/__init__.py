"""The survey file: SQLite through SQLAlchemy Core, one transaction for every edit.

Only `project` comes here. No rule about cameras or photos may enter: rows in, rows out.
"""
