"""Valhalla in this process, one thread: the yardstick of `benches/network`.

    yardstick.py EXTRACT.osm.pbf FOLDER

Builds the tiles of the extract in the folder. Then it takes one JSON document a line from standard input and answers
each with one: `{"kind": "path"|"order", "points": [[[lon, lat], ...], ...]}` with how long each question took in
microseconds and what came of it. What crosses the pipe is not in the times.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import valhalla
from valhalla.utils.decode_polyline import decode_polyline

# The shortest way, as ours is. What Valhalla would rather avoid counts by its length alone, too: stairs and lifts cost
# nothing more, alleys and driveways are as good as pavements.
COSTING = {
    "pedestrian": {
        "shortest": True,
        **dict.fromkeys(
            ["step_penalty", "elevator_penalty", "destination_only_penalty", "gate_penalty", "gate_cost",
             "service_penalty", "maneuver_penalty", "private_access_penalty"], 0),
        **dict.fromkeys(["alley_factor", "driveway_factor", "walkway_factor", "sidewalk_factor"], 1),
    }
}


def build(extract, folder):
    tiles = folder / "tiles"
    tiles.mkdir(parents=True, exist_ok=True)
    config = valhalla.get_config(tile_extract="", tile_dir=str(tiles), verbose=False)
    # Ours has no such limits either.
    config["service_limits"]["pedestrian"].update(max_distance=100000.0, max_matrix_distance=100000.0)
    config["mjolnir"].update(concurrency=1)
    path = folder / "valhalla.json"
    path.write_text(json.dumps(config))
    program = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
    subprocess.run([program, "-c", path, extract], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return valhalla.Actor(str(path))


def request(points):
    places = [{"lon": lon, "lat": lat} for lon, lat in points]
    return {"locations": places, "costing": "pedestrian", "costing_options": COSTING, "units": "km",
            "directions_type": "none"}


def ask(actor, kind, points):
    """How long it took in microseconds, and the answer; an answer without a way is null."""
    question = json.dumps(request(points))
    method = actor.route if kind == "path" else actor.optimized_route
    started = time.perf_counter_ns()
    try:
        text = method(question)
    except RuntimeError:
        return (time.perf_counter_ns() - started) / 1000, None
    took = (time.perf_counter_ns() - started) / 1000
    trip = (json.loads(text) if isinstance(text, str) else text)["trip"]
    line = [point for leg in trip["legs"] for point in decode_polyline(leg["shape"], 6)]
    return took, {"metres": trip["summary"]["length"] * 1000, "ends": [line[0], line[-1]] if line else None}


def main():
    extract, folder = sys.argv[1], Path(sys.argv[2])
    actor = build(extract, folder)
    print(json.dumps({"version": valhalla.__version__}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        answers = [ask(actor, question["kind"], points) for points in question["points"]]
        print(json.dumps({"took_us": [took for took, _ in answers], "found": [found for _, found in answers]}),
              flush=True)


main()
