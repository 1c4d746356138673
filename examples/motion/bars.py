"""Writes bars/*.es: bars that cross the field of an event camera of 32 x 32 pixels, one pixel a millisecond.

Event Stream 2.0. What the front of a bar reaches becomes brighter, what its back leaves darker; each pixel sees it up
to 0.4 ms late, and one pixel in ten misses it. A hundred events a recording are noise.
"""

import random
import struct

SIDE = 32
WAYS = [("right", 1, 0), ("left", -1, 0), ("down", 0, 1), ("up", 0, -1)]


def recording(dx, dy, width, chance):
    events = []
    for x in range(SIDE):
        for y in range(SIDE):
            along = dx * x + dy * y + (0 if dx + dy > 0 else SIDE - 1)
            for rises, behind in ((1, 0), (0, width)):
                if chance.random() < 0.9:
                    late = int(400 * chance.random())
                    events.append((1000 * (5 + along + behind) + late, x, y, rises))
    for _ in range(100):
        events.append((chance.randrange(50_000), chance.randrange(SIDE), chance.randrange(SIDE), chance.randrange(2)))
    return sorted(events)


def write(name, events):
    with open(name, "wb") as file:
        file.write(b"Event Stream" + bytes([2, 0, 0, 1]) + struct.pack("<HH", SIDE, SIDE))
        last = 0
        for time, x, y, rises in events:
            ahead = time - last
            file.write(b"\xfe" * (ahead // 127) + struct.pack("<BHH", ahead % 127 << 1 | rises, x, y))
            last = time


chance = random.Random(1)
for way, (word, dx, dy) in enumerate(WAYS):
    for width in (2, 6):
        write(f"bars/{way}_{word}_{width}.es", recording(dx, dy, width, chance))
