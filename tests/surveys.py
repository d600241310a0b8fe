"""Small surveys for tests."""

from datetime import UTC, datetime

import numpy as np

from camwalk.model import (
    Camera,
    Decision,
    Device,
    Distinct,
    Document,
    Extract,
    Figure,
    Handover,
    Photo,
    Preset,
    Problem,
    Reference,
    Sighting,
    Survey,
    System,
    Tick,
    Track,
    Walk,
    Waypoint,
    counted,
    message,
)

NOON = datetime(2026, 11, 15, 12, 0, tzinfo=UTC)


def everything() -> Survey:
    """One record of each kind, every field filled, with awkward text."""
    points = np.array([[NOON.timestamp(), 48.1, -1.6, 30.0], [np.nan, 48.2, -1.7, np.nan]], "<f8")
    public = {"surveillance": "public"}
    walk = Walk(id="w", name="Centre <b>é</b> 🎥", zone="Europe/Paris", defaults=public)
    device = Device(
        id="d",
        walk="w",
        name="Nikon",
        make="<script>",
        model="P6000",
        serial="1",
        zone="Europe/Paris",
        zone_reason=message("Set by hand."),
        clock_offset=-79108.5,
        clock_reason=counted("{n} photo", "{n} photos", 3, device="Nikon"),
        manual=True,
    )
    photo = Photo(
        id="p",
        walk="w",
        device="d",
        path="/photos/\udcff a\u202eb 🎥.jpg",
        size=12,
        fingerprint="f1",
        width=4000,
        height=3000,
        orientation=6,
        taken=datetime(2026, 11, 15, 13, 0, 0, 250000),
        taken_offset=60,
        gps_time=NOON,
        exif_lat=48.1,
        exif_lon=-1.6,
        altitude=31.5,
        accuracy=4.8,
        speed=1.2,
        course=90.0,
        direction=231.5,
        direction_ref="M",
        focal_mm=5.4,
        focal_35mm=26.0,
        zoom=2.0,
        full_width=4000,
        full_height=3000,
        utc=NOON,
        lat=48.1,
        lon=-1.6,
        source="exif",
        heading=241.5,
        heading_source="exif",
        seen=True,
        warnings=(message("The place in “{file}” is 0, 0.", file="a\udcff"),),
    )
    return Survey(
        walks={"w": walk},
        devices={"d": device},
        photos={"p": photo},
        tracks={
            "t": Track(
                id="t",
                walk="w",
                name="Évening",
                path="/t.gpx",
                fingerprint="f2",
                points=points.tobytes(),
                starts=(0, 1),
            )
        },
        waypoints={
            "n": Waypoint(
                id="n",
                walk="w",
                name="001",
                lat=48.1,
                lon=-1.6,
                path="/t.gpx",
                fingerprint="f2",
                note="2 cameras\non the bank",
                utc=NOON,
                links=("a.jpg", "b.3gpp"),
            )
        },
        cameras={
            "c": Camera(
                id="c",
                lat=48.1,
                lon=-1.6,
                created=NOON,
                walk="w",
                tags={"man_made": "surveillance", "name": 'a & b "c" 🎥'},
                placed="crossing",
                sigma_major=4.5,
                sigma_minor=1.25,
                axis=33.0,
                system="y",
            )
        },
        sightings={"s": Sighting(id="s", photo="p", camera="c", x=10.5, y=20.25, track="7", label="dome")},
        distincts={"x": Distinct(id="x", first="s", second="c")},
        problems={
            "q": Problem(id="q", path="/bad\udcfe.jpg", reason=message("“{file}” is empty.", file="bad"))
        },
        systems={
            "y": System(
                id="y",
                name="BriefCam",
                supplier="Canon",
                place="Nîmes",
                period="2015",
                purpose="search",
                status="deployed",
                source="Franceinfo",
            )
        },
        reference_files={
            "r": Reference(id="r", path="/a.csv", fingerprint="f4", osm=False, columns={"lat": "Y"})
        },
        decisions={
            "e": Decision(
                id="e",
                verdict="mixed",
                made=NOON,
                camera="c",
                osm="node/1",
                tags={"a": "b"},
                note="look again",
            )
        },
        handovers={"h": Handover(id="h", made=NOON, target="JOSM", cameras=("c",))},
        presets={"g": Preset(id="g", name="Bank", tags={"surveillance:zone": "bank"})},
        ticks={"12": Tick(id="12", walked=True)},
        figures={
            "f": Figure(id="f", what="cameras", stated="245", value=245.0, as_of="2023", source="Clubic")
        },
        documents={"o": Document(id="o", title="CADA", kind="answer", dated="2024", link="https://x")},
        extracts={"extract": Extract(id="extract", path="/town.osm.pbf", fingerprint="f3")},
    )


def one_camera() -> Survey:
    """A survey with one camera and nothing else."""
    return Survey(
        cameras={"c": Camera(id="c", lat=1.0, lon=2.0, created=NOON, tags={"man_made": "surveillance"})}
    )
