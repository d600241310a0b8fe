"""The window: panels and dialogs that call operations and show what changed.

Nothing here changes data but through `Project.do`; the map canvas is in `gui.map`.
"""
