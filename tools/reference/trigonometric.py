"""Writes fixtures/trigonometric.json: sines, cosines and angles for packages/core/src/math/trigonometric.ts.

Arguments are the exact doubles shown; values are computed by mpmath with 60 digits and rounded once to a double.
Run: python3 tools/reference/trigonometric.py > fixtures/trigonometric.json
"""

import json
import math
import random

import mpmath
from mpmath import mp, mpf

mp.dps = 60
generator = random.Random(7)
rows = []


def sines():
    fixed = [0.0, 1e-300, 1e-20, 1e-8, 1e-3, 0.1, 0.5, math.pi / 4, math.nextafter(math.pi / 4, 1), 1.0, math.pi / 2]
    fixed += [2.0, math.pi, 1.5 * math.pi, 2 * math.pi, 10.0, 100.0, 355.0, 1000.0, 12345.678, 1e5, 710086.0, 1e6]
    drawn = [generator.uniform(0, 8) for _ in range(60)] + [generator.uniform(0, 1e6) for _ in range(60)]
    for x in fixed + drawn:
        for signed in [x, -x]:
            rows.append(["sin", [signed], float(mpmath.sin(mpf(signed)))])
            rows.append(["cos", [signed], float(mpmath.cos(mpf(signed)))])


def angles():
    sizes = [0.0, 1e-200, 1e-9, 0.1, 0.198912367379658, math.tan(math.pi / 8), 0.668178637919299, 1.0, 3.0, 1e6, 1e200]
    points = [(y, x) for y in sizes for x in sizes if (y, x) != (0.0, 0.0)]
    points += [(generator.uniform(0, 2), generator.uniform(0, 2)) for _ in range(100)]
    for y, x in points:
        for signed in {(y, x), (y, -x), (-y, x), (-y, -x)}:
            angle = mpmath.atan2(mpf(signed[0]), mpf(signed[1]))
            # The angle of a point on the negative axis is +pi whatever the sign of its zero.
            value = float(mpmath.pi) if signed[0] == 0 and signed[1] < 0 else float(angle)
            if value == 0 or abs(value) > 1e-300:
                rows.append(["atan2", list(signed), value])


sines()
angles()
print("{")
print(f'"source": "mpmath {mpmath.__version__}, {mp.dps} digits, tools/reference/trigonometric.py",')
print('"rows": [')
print(",\n".join(json.dumps(row) for row in rows))
print("]\n}")
