# SPDX-License-Identifier: MIT
"""How counts grow, as tables and as one drawing."""

import pathlib

from . import counts, limits

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"
 font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>
{parts}</svg>
"""


def panel(left, name, numbers):
    """One line through its points, from zero: straight where growth is linear."""
    side, bottom = 220, 250
    sizes = [int(size) for size in numbers]
    top = max(numbers.values())
    spots = [(left + 20 + size / sizes[-1] * side, bottom - number / top * side)
             for size, number in zip(sizes, numbers.values())]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    parts = [f'<text x="{left + 20}" y="18">{name}</text>',
             f'<path d="M{left + 20},{bottom - side} V{bottom} H{left + 20 + side}" fill="none"'
             ' stroke="gray"/>', f'<polyline points="{line}" fill="none" stroke="black"/>']
    for (x, y), size, number in zip(spots, sizes, numbers.values()):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>')
        parts.append(f'<text x="{x - 60:.1f}" y="{y - 8:.1f}">{size}: {counts.millions(number)} M</text>')
    return parts


def plot(place, file):
    growth, at_limits = counts.measure_growth(place), limits.measure(place)
    counts.print_growth(growth)
    limits.print_table(at_limits)
    parts, height = limits.draw(at_limits, 270)
    for index, (name, numbers) in enumerate(growth.items()):
        parts += panel(index * 280, name, numbers)
    pathlib.Path(file).write_text(
        SVG.format(width=280 * 4, height=height, parts="\n".join(parts)))
