"""Event files by the writers that people use, in every form that a number has: write.py FOLDER"""

import os
import struct
import sys

import numpy as np
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, types_pb2
from tensorboard.plugins.scalar import metadata as scalar_metadata
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.util import tensor_util
from tensorboardX import SummaryWriter

out = sys.argv[1]


def tensorboard_x(folder):
    writer = SummaryWriter(folder)
    for step in range(300):
        writer.add_scalar("loss", 1.0 / (step + 1), step)
        writer.add_scalars("both", {"a": step, "b": -step}, step)
    writer.add_scalar("odd", float("nan"), 1)
    writer.add_scalar("odd", float("inf"), 2)
    writer.add_scalar("Größe/漢字", 1.5, 1)
    writer.add_histogram("weights", np.linspace(-1, 1, 500), 1)
    writer.add_text("note", "hello", 1)
    writer.add_image("picture", np.zeros((3, 4, 5), dtype=np.uint8), 1)
    writer.add_hparams({"lr": 0.1, "optimizer": "adam"}, {"accuracy": 0.9})
    writer.close()


def tensorboard_writer(folder):
    writer = EventFileWriter(folder)
    metadata = scalar_metadata.create_summary_metadata(display_name="", description="")
    types = [np.float16, np.float32, np.float64, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.bool_]
    for step, number in enumerate([0, 1, 0.1, 100, 2**53 + 1, -7]):
        summary = summary_pb2.Summary()
        for kind in types:
            with np.errstate(all="ignore"):
                array = np.array(number).astype(kind)
            tensor = tensor_util.make_tensor_proto(array)
            summary.value.add(tag=f"type/{kind.__name__}", tensor=tensor, metadata=metadata)
            content = tensor_pb2.TensorProto(
                dtype=tensor.dtype, tensor_shape=tensor.tensor_shape, tensor_content=array.tobytes()
            )
            summary.value.add(tag=f"content/{kind.__name__}", tensor=content, metadata=metadata)
        half = struct.unpack("<H", np.float16(number if abs(number) < 1e4 else 1).tobytes())[0]
        summary.value.add(
            tag="type/half_val", tensor=tensor_pb2.TensorProto(dtype=types_pb2.DT_HALF, half_val=[half]), metadata=metadata
        )
        summary.value.add(tag="old", simple_value=number)
        writer.add_event(event_pb2.Event(wall_time=1e9 + step / 3, step=step * 10, summary=summary))
    one = tensor_util.make_tensor_proto(np.array([[2.5]]))
    summary = summary_pb2.Summary()
    summary.value.add(tag="rank/two", tensor=one, metadata=metadata)
    writer.add_event(event_pb2.Event(wall_time=2e9, step=2**40, summary=summary))
    writer.close()


def restarted(folder):
    """The second process says where it begins; the first had gone further."""
    for start, end in ((0, 50), (30, 60)):
        writer = EventFileWriter(folder, filename_suffix=f".{start}")
        if start:
            log = event_pb2.SessionLog(status=event_pb2.SessionLog.START)
            writer.add_event(event_pb2.Event(wall_time=start, step=start, session_log=log))
        for step in range(start, end):
            summary = summary_pb2.Summary()
            summary.value.add(tag="loss", simple_value=step + start / 100)
            writer.add_event(event_pb2.Event(wall_time=step, step=step, summary=summary))
        writer.close()


tensorboard_x(os.path.join(out, "x"))
tensorboard_writer(os.path.join(out, "deep", "writer"))
restarted(os.path.join(out, "restarted"))
