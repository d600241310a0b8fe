"""The native map: a widget that paints base map and survey, and tells what a person means to do.

A `View` (viewport) says what part of the world is in sight. `layers` turns a survey into arrays,
`symbols` and `overlay` paint them, `tiles*` keep painted pieces so that panning never waits,
`canvas` puts it all on screen and `gestures` turns mouse and keys into intentions. Base maps come
in from outside, as anything that can paint tiles and labels, or as `raster` tiles from a server.
Nothing here edits a survey, opens a file of the user's or asks the network on its own.
"""
