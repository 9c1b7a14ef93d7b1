"""Learns to read handwritten digits with TensorFlow 2.

The Python twin of the image mlk/mnist: the same arguments, environment variables, log lines, exit codes and files. It
trains alone; the image can also be one process of a cluster.

    python3 main.py --steps=500 --model-dir=/tmp/model --log-dir=/tmp/logs --export-dir=/tmp/export
"""

import gzip
import math
import os
import shutil
import signal
import struct
import sys
import time
from pathlib import Path

BEGIN = time.time()

# ---- What can be set: an argument, the environment variable that stands in for it, and the usual value.

VARIABLES = {
    "model": "TF_MODEL_TYPE",
    "steps": "TF_TRAIN_STEPS",
    "batch-size": "TF_BATCH_SIZE",
    "learning-rate": "TF_LEARNING_RATE",
    "data-dir": "TF_DATA_DIR",
    "log-dir": "TF_LOG_DIR",
    "model-dir": "TF_MODEL_DIR",
    "export-dir": "TF_EXPORT_DIR",
}
USUAL = {
    "model": "mlp",
    "steps": "1000",
    "batch-size": "64",
    "optimizer": "adam",
    "learning-rate": "",
    "dropout": "0",
    "seed": "1",
    "data-dir": "",
    "log-dir": "",
    "model-dir": "",
    "export-dir": "",
    "checkpoint-interval": "100",
    "keep-checkpoints": "5",
    "log-interval": "",
    "cluster-timeout": "300",
}
USUAL_LEARNING_RATE = {"sgd": 0.1, "momentum": 0.02, "adam": 0.001}


class Failure(Exception):
    """An end that the user can do something about: a sentence and an exit code."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code


USAGE, DIVERGED, DATA, FILES, MEMORY, TERMINATED = 2, 3, 4, 5, 137, 143


def read_command_line(words):
    """The options as they were given: --name=value or --name value."""
    given = {}
    words = list(words)
    while words:
        name, equals, value = words.pop(0).partition("=")
        name = "--learning-rate" if name == "--lr" else name
        if name[:2] != "--" or name[2:] not in USUAL:
            raise Failure(USAGE, f"{name} is not an option. There are: --{', --'.join(USUAL)}.")
        if not equals:
            value = words.pop(0) if words else ""
        if not value:
            raise Failure(USAGE, f"{name} needs a value")
        given[name[2:]] = value
    return given


def setting(name, given):
    """The value of an option: from the command line, else from the environment, else the usual one."""
    if name in given:
        return given[name]
    return os.getenv(VARIABLES.get(name, ""), "").strip() or USUAL[name]


def number(name, text, kind, lowest, highest):
    try:
        value = kind(text)
        if lowest <= value <= highest:
            return value
    except ValueError:
        pass
    raise Failure(USAGE, f"--{name}={text}: {text} is not a number from {lowest} to {highest}")


def choice(name, text, choices):
    if text.lower() in choices:
        return text.lower()
    raise Failure(USAGE, f"--{name}={text}: {text} is not known. There are: {', '.join(choices)}.")


class Settings:
    """What to train, how, and where the results go."""

    def __init__(self, given):
        def text(name):
            return setting(name, given)

        def whole(name, highest=10**12):
            return number(name, text(name), int, 1, highest)

        def folder(name):
            return Path(text(name)).resolve() if text(name) else None

        self.model = choice("model", text("model"), ("softmax", "mlp", "cnn"))
        self.steps = whole("steps")
        self.batch_size = whole("batch-size", 8000)
        self.optimizer = choice("optimizer", text("optimizer"), tuple(USUAL_LEARNING_RATE))
        rate = text("learning-rate") or str(USUAL_LEARNING_RATE[self.optimizer])
        self.learning_rate = number("learning-rate", rate, float, 1e-30, 1e30)
        self.dropout = number("dropout", text("dropout"), float, 0, 0.95)
        self.seed = number("seed", text("seed"), int, 0, 2**31 - 1)
        self.data = folder("data-dir") or Path(__file__).resolve().parent / "data"
        self.logs = folder("log-dir")
        self.checkpoints = folder("model-dir")
        self.export = folder("export-dir")
        self.checkpoint_interval = whole("checkpoint-interval")
        self.keep_checkpoints = whole("keep-checkpoints", 1000)
        self.log_interval = whole("log-interval") if text("log-interval") else min(100, max(1, self.steps // 20))


# ---- Lines of name=value, which people read and machines parse.


class Journal:
    def __init__(self):
        self.began = BEGIN

    def say(self, **words):
        print(" ".join(f"{name.replace('_per_', '/')}={value}" for name, value in words.items()), flush=True)

    def phase(self, name, **words):
        """A phase is over: how long it took."""
        now = time.time()
        self.say(phase=name, seconds=f"{now - self.began:.2f}", **words)
        self.began = now


# ---- SIGTERM is a wish, heard after the current step. As process 1 of a container Python would ignore it otherwise.


class Stop:
    wished = False

    def __init__(self):
        signal.signal(signal.SIGTERM, self.wish)

    def wish(self, *_):
        self.wished = True


# ---- The digits: MNIST's four IDX files, with or without .gz.


def read_idx(folder, name):
    import numpy as np

    for file in (folder / (name + ".gz"), folder / name):
        if file.is_file():
            try:
                with (gzip.open if file.suffix == ".gz" else open)(file, "rb") as stream:
                    dimensions = struct.unpack(">HBB", stream.read(4))[2]
                    shape = struct.unpack(f">{dimensions}I", stream.read(4 * dimensions))
                    return np.frombuffer(stream.read(), np.uint8).reshape(shape)
            except (OSError, EOFError, ValueError, struct.error) as e:
                raise Failure(DATA, f"{file} cannot be read: {e}") from e
    raise Failure(DATA, f"The training data is not there: {folder / (name + '.gz')}")


class Digits:
    """Images as rows of 784 pixels from 0 to 1, with what each of them shows."""

    def __init__(self, folder, prefix):
        self.pixels = read_idx(folder, prefix + "-images-idx3-ubyte")
        self.images = self.pixels.reshape(len(self.pixels), -1).astype("float32") / 255
        self.labels = read_idx(folder, prefix + "-labels-idx1-ubyte").astype("int32")
        if len(self.images) != len(self.labels):
            raise Failure(DATA, f"{folder}: {len(self.labels)} labels for {len(self.images)} images")

    def batch(self, step, size, seed):
        """The examples of a step, counted from 0: by seed and step alone, so that resumed training sees the same."""
        import numpy as np

        positions = np.arange(step * size, (step + 1) * size)
        chosen = np.empty(size, np.int64)
        for epoch in np.unique(positions // len(self.labels)):
            order = np.random.default_rng([seed, int(epoch)]).permutation(len(self.labels))
            here = positions // len(self.labels) == epoch
            chosen[here] = order[positions[here] % len(self.labels)]
        return self.images[chosen], self.labels[chosen]


# ---- The network and one step of training. TensorFlow is imported late: a wrong argument is told at once.


def build(settings):
    """The network: a tf.Module with its weights and the function that is exported."""
    import tensorflow as tf

    class Network(tf.Module):
        def __init__(self):
            super().__init__()
            self.count = 0
            if settings.model == "softmax":
                self.layers = [self.dense(784, 10)]
            elif settings.model == "mlp":
                self.layers = [self.dense(784, 128), self.dense(128, 10)]
            else:
                self.filters = [self.weights((5, 5, 1, 16), 25), self.weights((5, 5, 16, 32), 400)]
                self.layers = [self.dense(7 * 7 * 32, 128), self.dense(128, 10)]

        def weights(self, shape, inputs):
            """Spread as He et al. (2015) advise for rectified units, and a bias of zeros."""
            self.count += 1
            deviation, seed = math.sqrt(2 / inputs), [settings.seed, self.count]
            spread = tf.random.stateless_truncated_normal(shape, seed, stddev=deviation)
            return tf.Variable(spread), tf.Variable(tf.zeros(shape[-1]))

        def dense(self, inputs, outputs):
            return self.weights((inputs, outputs), inputs)

        def logits(self, images, step=None):
            x = images
            if settings.model == "cnn":
                x = tf.reshape(x, [-1, 28, 28, 1])
                for filters, bias in self.filters:
                    x = tf.nn.relu(tf.nn.conv2d(x, filters, 1, "SAME") + bias)
                    x = tf.nn.max_pool2d(x, 2, 2, "SAME")
                x = tf.reshape(x, [-1, 7 * 7 * 32])
            for weights, bias in self.layers[:-1]:
                x = tf.nn.relu(x @ weights + bias)
                if step is not None and settings.dropout > 0:
                    x = tf.nn.experimental.stateless_dropout(x, settings.dropout, seed=tf.stack([settings.seed, step]))
            weights, bias = self.layers[-1]
            return x @ weights + bias

        @tf.function(input_signature=[tf.TensorSpec([None, 784], tf.float32, name="images")])
        def serve(self, images):
            logits = self.logits(images)
            return {"classes": tf.argmax(logits, 1), "probabilities": tf.nn.softmax(logits)}

    return Network()


def optimizer(settings, weights):
    """Moves weights against their gradients: a tf.Module with what it has to remember between steps."""
    import tensorflow as tf

    rate, beta1, beta2, epsilon = settings.learning_rate, 0.9, 0.999, 1e-7

    class Optimizer(tf.Module):
        def __init__(self):
            super().__init__()
            self.steps = tf.Variable(0.0)
            self.first = [tf.Variable(tf.zeros_like(weight)) for weight in weights]
            self.second = [tf.Variable(tf.zeros_like(weight)) for weight in weights]

        def step(self, gradients):
            self.steps.assign_add(1.0)
            for weight, gradient, first, second in zip(weights, gradients, self.first, self.second):
                if settings.optimizer == "sgd":
                    weight.assign_sub(rate * gradient)
                elif settings.optimizer == "momentum":
                    first.assign(0.9 * first + gradient)
                    weight.assign_sub(rate * first)
                else:  # Adam (Kingma and Ba, 2015)
                    first.assign(beta1 * first + (1 - beta1) * gradient)
                    second.assign(beta2 * second + (1 - beta2) * gradient**2)
                    warm = tf.sqrt(1 - beta2**self.steps) / (1 - beta1**self.steps)
                    weight.assign_sub(rate * warm * first / (tf.sqrt(second) + epsilon))

    return Optimizer()


class Lesson:
    """One step of training, compiled to a graph, and the measuring on digits that were held out."""

    def __init__(self, settings, network):
        import tensorflow as tf

        self.tf = tf
        self.network = network
        self.optimizer = optimizer(settings, network.trainable_variables)

        @tf.function
        def learn(images, labels, step):
            with tf.GradientTape() as tape:
                logits = network.logits(images, step)
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
                loss = tf.reduce_mean(losses)
            weights = network.trainable_variables
            self.optimizer.step(tape.gradient(loss, weights))
            right = tf.equal(tf.argmax(logits, 1, tf.int32), labels)
            return loss, tf.reduce_mean(tf.cast(right, tf.float32))

        self.learn = learn

    def examine(self, digits):
        """Accuracy, mean loss, and which digits were misread."""
        tf = self.tf
        logits = self.network.logits(tf.constant(digits.images))
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(digits.labels, logits)
        classes = tf.argmax(logits, 1, tf.int32).numpy()
        misread = [i for i in range(len(classes)) if classes[i] != digits.labels[i]]
        return 1 - len(misread) / len(classes), float(tf.reduce_mean(losses)), misread


# ---- Files: checkpoints, event files, SavedModel.


class Checkpoints:
    """Checkpoints in --model-dir, of which the latest few are kept; nothing at all without --model-dir."""

    def __init__(self, settings, lesson, step):
        import tensorflow as tf

        self.manager = None
        if settings.checkpoints is None:
            return
        self.description = f"{settings.model} {settings.optimizer}"
        self.checkpoint = tf.train.Checkpoint(
            step=step,
            network=lesson.network,
            optimizer=lesson.optimizer,
            description=tf.Variable(self.description),
        )
        try:
            settings.checkpoints.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise Failure(FILES, f"The folder {settings.checkpoints} cannot be made: {e}") from e
        if not os.access(settings.checkpoints, os.W_OK):
            raise Failure(FILES, f"Nothing can be written to the folder {settings.checkpoints}")
        self.manager = tf.train.CheckpointManager(
            self.checkpoint, str(settings.checkpoints), settings.keep_checkpoints, checkpoint_name="model.ckpt"
        )
        self.reader = tf.train.load_checkpoint

    def restore(self, journal):
        latest = self.manager and self.manager.latest_checkpoint
        if not latest:
            return
        names = self.reader(latest).get_variable_to_shape_map()
        key = "description/.ATTRIBUTES/VARIABLE_VALUE"
        found = self.reader(latest).get_tensor(key).decode() if key in names else "something else"
        if found != self.description:
            raise Failure(
                FILES,
                f'{latest} was saved while training "{found}", and this is "{self.description}". Give another '
                "--model-dir, or the --model and --optimizer of before.",
            )
        self.checkpoint.restore(latest).assert_consumed()
        journal.say(restored=latest, step=int(self.checkpoint.step))

    def save(self, step, journal):
        if self.manager:
            self.manager.save(checkpoint_number=step)
            journal.say(checkpoint=f"model.ckpt-{step}", step=step)


class Events:
    """What TensorBoard shows: the runs train and test; nothing at all without --log-dir."""

    def __init__(self, settings):
        import tensorflow as tf

        self.tf = tf
        self.writers = {}
        if settings.logs is None:
            return
        try:
            for run in ("train", "test"):
                self.writers[run] = tf.summary.create_file_writer(str(settings.logs / run))
        except (OSError, tf.errors.OpError) as e:
            raise Failure(FILES, f"Nothing can be written to {settings.logs}: {e}") from e
        from tensorboard.plugins.hparams import api

        with self.writers["test"].as_default():
            chosen = ("model", "optimizer", "learning_rate", "batch_size", "dropout", "steps", "seed")
            api.hparams({name: getattr(settings, name) for name in chosen})

    def scalars(self, run, step, **values):
        if self.writers:
            with self.writers[run].as_default(step):
                for name, value in values.items():
                    self.tf.summary.scalar(name, value)
            self.writers[run].flush()

    def weights(self, step, network):
        if self.writers:
            with self.writers["train"].as_default(step):
                for i, variable in enumerate(network.trainable_variables):
                    self.tf.summary.histogram(f"weights/{i}", variable)

    def misread(self, step, digits, misread):
        if self.writers and misread:
            images = digits.pixels[misread[:12]][..., None]
            with self.writers["test"].as_default(step):
                self.tf.summary.image("misread", images, max_outputs=12)

    def close(self):
        for writer in self.writers.values():
            writer.close()


def export(settings, network):
    """Writes the next version under --export-dir. It appears whole or not at all: servers watch the folder."""
    import tensorflow as tf

    unfinished = settings.export / ".unfinished"
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        settings.export.mkdir(parents=True, exist_ok=True)
        tf.saved_model.save(network, str(unfinished), signatures={"serving_default": network.serve})
        versions = [int(entry.name) for entry in settings.export.iterdir() if entry.name.isdigit()]
        return unfinished.rename(settings.export / str(max(versions, default=0) + 1))
    except OSError as e:
        raise Failure(FILES, f"Nothing can be written to {settings.export}: {e}") from e


# ---- All of it together.


class Progress:
    """Says at a steady interval how training goes: means over the steps since the line before."""

    def __init__(self, settings, journal, events):
        self.settings, self.journal, self.events = settings, journal, events
        self.first = True
        self.clear()

    def clear(self):
        self.since, self.steps, self.losses, self.accuracies = time.time(), 0, 0.0, 0.0

    def step(self, step, loss, accuracy):
        self.steps += 1
        self.losses += loss
        self.accuracies += accuracy
        if not self.first and step % self.settings.log_interval:
            return
        self.first = False
        rate = self.steps * self.settings.batch_size / max(1e-6, time.time() - self.since)
        loss, accuracy = self.losses / self.steps, self.accuracies / self.steps
        self.journal.say(step=step, loss=f"{loss:.4f}", accuracy=f"{accuracy:.4f}", examples_per_s=f"{rate:.0f}")
        self.events.scalars("train", step, loss=loss, accuracy=accuracy, examples_per_second=rate)
        self.clear()


def train(settings, stop):
    journal = Journal()
    journal.phase("start")
    import tensorflow as tf

    journal.phase("tensorflow", version=tf.__version__)
    journal.say(
        role="local", model=settings.model, steps=settings.steps, batch_size=settings.batch_size,
        optimizer=settings.optimizer, learning_rate=settings.learning_rate, dropout=settings.dropout,
        seed=settings.seed,
    )
    digits, held_out = Digits(settings.data, "train"), Digits(settings.data, "t10k")
    journal.phase("load", examples=len(digits.labels), **{"from": settings.data})

    network = build(settings)
    lesson = Lesson(settings, network)
    global_step = tf.Variable(0, dtype=tf.int64)
    checkpoints = Checkpoints(settings, lesson, global_step)
    events = Events(settings)
    progress = Progress(settings, journal, events)
    journal.phase("graph")
    checkpoints.restore(journal)
    step = examined = saved = int(global_step)
    journal.phase("ready", step=step)

    def save():
        nonlocal saved
        if step != saved:
            global_step.assign(step)
            checkpoints.save(step, journal)
            saved = step

    def examine():
        nonlocal examined
        examined = step
        accuracy, loss, misread = lesson.examine(held_out)
        events.scalars("test", step, accuracy=accuracy, loss=loss)
        events.weights(step, network)
        return accuracy, loss, misread

    while step < settings.steps and not stop.wished:
        images, labels = digits.batch(step, settings.batch_size, settings.seed)
        loss, accuracy = map(float, lesson.learn(images, labels, tf.constant(step, tf.int32)))
        step += 1
        if not math.isfinite(loss):
            raise Failure(
                DIVERGED,
                f"Training diverged: the loss is {loss} at step {step}. Try a smaller --learning-rate than "
                f"{settings.learning_rate}.",
            )
        progress.step(step, loss, accuracy)
        if step - saved >= settings.checkpoint_interval:
            save()
        if step - examined >= max(1, settings.steps // 5) and step < settings.steps:
            accuracy, loss, _ = examine()
            journal.say(step=step, held_out_accuracy=f"{accuracy:.4f}", held_out_loss=f"{loss:.4f}")
    journal.phase("train")

    save()
    if step < settings.steps:
        journal.say(stopped_by="SIGTERM", step=step)
        return TERMINATED
    accuracy, loss, misread = examine()
    events.misread(step, held_out, misread)
    events.close()
    journal.phase("evaluate")
    if settings.export:
        journal.phase("export", saved_model=export(settings, network))
    journal.say(global_step=step, local=step)
    journal.say(accuracy=f"{accuracy:.4f}", held_out=len(held_out.labels), loss=f"{loss:.4f}", global_step=step)
    return 0


def main(words):
    stop = Stop()
    try:
        if "--help" in words or "-h" in words:
            print(__doc__)
            for name, usual in USUAL.items():
                print(f"  --{name:<20} {usual:<6} {VARIABLES.get(name, '')}".rstrip())
            return 0
        return train(Settings(read_command_line(words)), stop)
    except Failure as e:
        print(f"error: {e}", file=sys.stderr, flush=True)
        return e.code
    except MemoryError as e:
        print(f"error: out of memory: {e}. Try a smaller --batch-size.", file=sys.stderr, flush=True)
        return MEMORY


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
