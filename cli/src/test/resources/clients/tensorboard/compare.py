"""Compares what mlk read (CSV on standard input) with TensorBoard's EventAccumulator: compare.py FOLDER"""

import csv
import math
import os
import sys

from tensorboard.backend.event_processing import event_accumulator, io_wrapper
from tensorboard.util import tensor_util

root = sys.argv[1]


def theirs():
    points = {}
    everything = {event_accumulator.SCALARS: 0, event_accumulator.TENSORS: 0}
    for folder in io_wrapper.GetLogdirSubdirectories(root):
        run = os.path.relpath(folder, root).replace(os.sep, "/")
        reader = event_accumulator.EventAccumulator(folder, size_guidance=everything).Reload()
        for tag in reader.Tags()["scalars"]:
            points.setdefault((run, tag), []).extend((e.step, e.wall_time, e.value) for e in reader.Scalars(tag))
        for tag in reader.Tags()["tensors"]:
            if reader.SummaryMetadata(tag).plugin_data.plugin_name != "scalars":
                continue
            points.setdefault((run, tag), []).extend(
                (e.step, e.wall_time, tensor_util.make_ndarray(e.tensor_proto).item()) for e in reader.Tensors(tag)
            )
    return points


def ours():
    points = {}
    for row in csv.DictReader(sys.stdin):
        points.setdefault((row["run"], row["tag"]), []).append((int(row["step"]), float(row["wall_time"]), row["value"]))
    return points


def same(text, value):
    """The text is the very number: integers digit by digit, doubles bit by bit."""
    if isinstance(value, bool):
        return text == str(int(value))
    if isinstance(value, int):
        return text == str(value)
    number = float(text.replace("Infinity", "inf"))
    return math.isnan(number) and math.isnan(value) or (number == value and math.copysign(1, number) == math.copysign(1, value))


expected, found = theirs(), ours()
if expected.keys() != found.keys():
    sys.exit(f"series differ: only TensorBoard {expected.keys() - found.keys()}, only mlk {found.keys() - expected.keys()}")
count = 0
for series, points in expected.items():
    if len(points) != len(found[series]):
        sys.exit(f"{series}: TensorBoard has {len(points)} points, mlk {len(found[series])}")
    for (step, time, value), (own_step, own_time, text) in zip(points, found[series]):
        if step != own_step or time != own_time or not same(text, value):
            sys.exit(f"{series}: TensorBoard has {step}, {time!r}, {value!r}, mlk {own_step}, {own_time!r}, {text}")
        count += 1
print(f"{len(expected)} series, {count} points are equal")
