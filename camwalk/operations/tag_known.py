"""Keys and values of OSM's surveillance scheme and what usually stands beside it (see TAGGING.md)."""

from collections.abc import Mapping

from camwalk.model import Message, Tags, message

KNOWN_VALUES: Mapping[str, frozenset[str]] = {
    key: frozenset(values.split())
    for key, values in {
        "man_made": "surveillance",
        "surveillance": "public outdoor indoor webcam traffic",
        "surveillance:type": "camera ALPR guard gunshot_detector sound_detector",
        "surveillance:zone": "town parking traffic shop bank building entrance corridor street station "
        "police atm parking_entrance public_transport_platform nesting_site public office gate yard "
        "playground school",
        "camera:type": "fixed dome panning doorbell panorama",
        "camera:mount": "wall pole ceiling street_lamp traffic_signals roof building mast gantry fence "
        "doorbell tree bridge gate canopy balcony",
        "operator:type": "public private government community religious ngo police military business",
        "indoor": "yes no room area corridor wall door level",
        "covered": "yes no",
        "lit": "yes no",
        "revolving": "yes no",
        "surveillance:ALPR": "yes no",
        "highway": "speed_camera",
        "enforcement": "maxspeed average_speed traffic_signals access toll check mindistance maxheight "
        "maxweight",
        "support": "pole wall_mounted wall ceiling roof billboard ground pedestal street_lamp tower tree",
        "location": "indoor outdoor underground overground roof wall",
        "access": "yes no private permissive customers permit destination",
    }.items()
}
"""What each key may say; other values are allowed where the key is not in CLOSED."""

CLOSED = frozenset(
    {
        "highway",
        "man_made",
        "surveillance:type",
        "camera:type",
        "covered",
        "lit",
        "enforcement",
        "revolving",
        "support",
        "location",
        "surveillance:ALPR",
    }
)
"""Keys that readers understand with the known values only."""

KNOWN_KEYS = frozenset(KNOWN_VALUES) | {
    "camera:direction", "camera:angle", "camera:tilt", "camera:count", "direction",
    "surveillance:direction", "height", "min_height", "operator", "operator:wikidata", "operator:wikipedia",
    "operator:website", "manufacturer", "manufacturer:wikidata", "brand", "brand:wikidata", "model",
    "contact:webcam", "contact:website", "contact:email", "contact:phone", "website", "url", "email",
    "phone", "check_date", "survey:date", "start_date", "end_date", "opening_date", "source", "source:date",
    "source:url", "level", "layer", "support", "ref", "name", "description", "note", "fixme", "image",
    "panoramax", "mapillary", "wikimedia_commons", "wikidata", "wikipedia", "ele", "maxspeed",
    "opening_hours", "addr:street", "addr:housenumber", "addr:postcode", "addr:city", "addr:country",
    "electricity", "surveillance:brand", "surveillance:brand:wikidata", "network", "old_name",
    "alt_name", "short_name", "official_name", "created_by", "owner", "owner:type", "location",
}  # fmt: skip
"""Keys that are what they should be; others are checked for being a slip of one of these."""

MISUSED_KEYS: Mapping[str, str] = {
    "camera:height": "height",
    "est_height": "height",
    "survey:date": "check_date",
    "surveillance:direction": "camera:direction",
    "camera:operator": "operator",
    "surveillance:operator": "operator",
    "camera:zone": "surveillance:zone",
    "mount": "camera:mount",
    "website:webcam": "contact:webcam",
    "FIXME": "fixme",
}
"""Keys that people take for another one."""

ALIASES: Mapping[tuple[str, str], str] = {
    ("surveillance:type", "ANPR"): "ALPR",
    ("surveillance:type", "cctv"): "camera",
    ("surveillance:type", "fixed"): "camera",
    ("surveillance:type", "dome"): "camera",
    ("camera:type", "ptz"): "dome",
    ("camera:type", "static"): "fixed",
    ("camera:type", "pan"): "panning",
    ("camera:mount", "lamp_post"): "street_lamp",
    ("camera:mount", "streetlamp"): "street_lamp",
    ("camera:mount", "traffic_light"): "traffic_signals",
    ("camera:mount", "traffic_lights"): "traffic_signals",
    ("surveillance", "private"): "outdoor",
    ("surveillance", "inside"): "indoor",
    ("surveillance", "outside"): "outdoor",
}
"""Other words for a value that readers know."""

DISCOURAGED: Mapping[tuple[str, str], Message] = {
    ("surveillance:zone", "area"): message("“area” says nothing: choose what is watched."),
    ("surveillance:zone", "public"): message(
        "“public” belongs to surveillance; here goes what exactly is watched, such as town or parking."
    ),
    ("surveillance:zone", "street"): message(
        "“street” may mean the traffic or the people: choose traffic or town."
    ),
    ("surveillance", "camera"): message(
        "“camera” belongs to surveillance:type; here goes the place watched."
    ),
    ("surveillance", "webcam"): message("A webcam has its address in contact:webcam; here goes the place."),
    ("surveillance", "traffic"): message(
        "“traffic” belongs to surveillance:zone; here goes the place watched."
    ),
    ("surveillance", "red_light"): message("“red_light” is no place; choose the place that is watched."),
    ("surveillance", "maxspeed"): message("“maxspeed” is no place; choose the place that is watched."),
    ("surveillance", "yes"): message("“yes” says nothing: choose the place that is watched."),
    ("surveillance:type", "webcam"): message("A webcam is a camera; its address goes to contact:webcam."),
    ("camera:type", "360"): message("“360” is no type: choose dome or panorama, if it sees all round."),
    ("surveillance", "fake"): message("A dummy watches nothing; OpenStreetMap has no tag for it."),
}
"""Values that are used and should not be; kept as they are unless a person changes them."""

DISCOURAGED_KEYS: Mapping[str, Message] = {
    "fixme": message("A “fixme” asks others to mend it: do so, or write to them in “note”."),
    "is_in": message("“is_in” is out of use: OpenStreetMap knows by the place in what it lies."),
    "ele": message("“ele” is metres above the sea; a camera’s own height from the ground is “height”."),
}
"""Keys that are used and should not be on a camera."""

OF_OTHER_THINGS = frozenset(
    {"amenity", "barrier", "building", "emergency", "historic", "landuse", "leisure", "natural", "office"}
    | {
        "place",
        "power",
        "railway",
        "shop",
        "sport",
        "telecom",
        "tourism",
        "traffic_sign",
        "waterway",
        "parking",
        "oneway",
    }
)
"""Keys of things that are no camera; each thing is an object of its own."""

ENDINGS = frozenset(
    """
    com org net edu gov mil int info biz name pro app dev cloud shop online site city paris berlin
    hamburg koeln wien london nyc bzh alsace corsica eus cat gal frl swiss brussels vlaanderen
    saarland bayern nrw tirol ruhr travel museum jobs mobi asia tel xyz top live video camera
    security agency company systems solutions services technology digital group network media news
    press social support world zone space earth green house immo immobilien gmbh io eu uk ac su ad
    ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by
    bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et
    fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie
    il im in iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv
    ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np
    nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si
    sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug us
    uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
    """.split()  # noqa: SIM905
)
"""Last parts of the names of servers; others are slips more often than not."""

PREFIXES = frozenset(
    {"removed", "disused", "abandoned", "demolished", "razed", "destroyed", "was", "proposed", "planned"}
    | {"construction"}
)
"""Lifecycle prefixes: what follows is a key of its own."""


def is_speed_camera(tags: Tags) -> bool:
    """Whether OpenStreetMap calls it one."""
    return tags.get("highway") == "speed_camera"
