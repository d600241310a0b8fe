"""Verbs, one file each: a plain function takes the survey and returns one `Edit`.

Operations write nothing to a survey and know no window; whoever calls them does the edit.
"""
