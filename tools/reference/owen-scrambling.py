"""Writes fixtures/owen-scrambling.json: words scrambled by the hash of N. Vegdahl, "Building a better LK hash" (2021).

With the published odd factor, (seed >> 16) | 1, in Python's whole numbers, and each word reversed as its string of digits.
Run: python3 tools/reference/owen-scrambling.py > fixtures/owen-scrambling.json
"""

import random

generator = random.Random(7)
MASK = 0xFFFFFFFF


def reverse(word):
    return int(format(word, "032b")[::-1], 2)


def scramble(word, seed):
    x = reverse(word)
    x ^= x * 0x3D20ADEA & MASK
    x = (x + seed) & MASK
    x = x * ((seed >> 16) | 1) & MASK
    x ^= x * 0x05526C56 & MASK
    x ^= x * 0x53A22864 & MASK
    return reverse(x)


rows = [(word, seed) for word in [0, 1, 0x80000000, MASK] for seed in [0, 1, 0x80000000, MASK]]
rows += [(generator.getrandbits(32), generator.getrandbits(32)) for _ in range(48)]
print("{")
print('"source": "tools/reference/owen-scrambling.py: the published hash in Python",')
print('"columns": ["word", "seed", "scrambled"],')
print('"rows": [')
print(",\n".join(f"[{word}, {seed}, {scramble(word, seed)}]" for word, seed in rows))
print("]\n}")
