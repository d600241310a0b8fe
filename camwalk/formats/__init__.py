"""Files in and out: photos, GPX, GeoJSON, OSM extracts and their index.

A format reads into plain records or writes them; it decides nothing about a survey.
"""
