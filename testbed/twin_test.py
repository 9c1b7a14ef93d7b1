"""Tests the Python twin of the mnist program (modules/module-1) with the data of images/mnist."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
MODULE = HERE / "modules/module-1"
SOLUTION = MODULE / "solution/main.py"
DATA = HERE / "images/mnist/src/main/data"


def start(*words, program=SOLUTION, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    return subprocess.Popen(
        [sys.executable, str(program), *words],
        env={**clean, "TF_CPP_MIN_LOG_LEVEL": "2", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*words, program=SOLUTION, data=True, **environment):
    """Exit code, lines of standard output, standard error."""
    words = (*words, f"--data-dir={DATA}") if data else words
    with start(*words, program=program, **environment) as process:
        out, err = process.communicate(timeout=120)
        return process.returncode, out.splitlines(), err


def tags(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder))
    events.Reload()
    return events.Tags()


class Twin(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name)

    def test_trains_logs_and_leaves_the_files_of_the_image(self):
        code, out, err = run(
            "--steps=100",
            "--log-interval",
            "50",
            f"--model-dir={self.path}/model",
            f"--log-dir={self.path}/logs",
            f"--export-dir={self.path}/export",
        )
        self.assertEqual(0, code, err)
        shapes = [re.sub(r"[0-9]+(\.[0-9]+)?", "#", line.replace(self.folder.name, "")) for line in out]
        self.assertEqual("phase=start seconds=#", shapes[0])
        self.assertIn("role=local model=mlp steps=# batch_size=# optimizer=adam learning_rate=# dropout=# seed=#", shapes)
        self.assertEqual(["step=1", "step=50", "step=100"], [line.split()[0] for line in out if " loss=" in line and line[:5] == "step="])
        self.assertIn("step=# loss=# accuracy=# examples/s=#", shapes)
        self.assertIn("step=# held_out_accuracy=# held_out_loss=#", shapes)
        self.assertIn("checkpoint=model.ckpt-100 step=100", out)
        self.assertEqual("accuracy=# held_out=# loss=# global_step=#", shapes[-1])
        self.assertGreater(float(re.match(r"accuracy=(\S+)", out[-1]).group(1)), 0.8)
        for phase in ("tensorflow", "load", "graph", "ready", "train", "evaluate", "export"):
            self.assertTrue(any(line.startswith(f"phase={phase} seconds=") for line in out), phase)

        self.assertTrue((self.path / "model/checkpoint").is_file())
        self.assertTrue((self.path / "model/model.ckpt-100.index").is_file())
        training, test = tags(self.path / "logs/train"), tags(self.path / "logs/test")
        self.assertEqual({"loss", "accuracy", "examples_per_second"}, {t for t in training["tensors"] if "/" not in t})
        self.assertLessEqual({"loss", "accuracy", "misread"}, set(test["tensors"]))

        import tensorflow as tf

        serve = tf.saved_model.load(str(self.path / "export/1")).signatures["serving_default"]
        answer = serve(images=tf.zeros([3, 784]))
        self.assertEqual([3], answer["classes"].shape.as_list())
        self.assertEqual([3, 10], answer["probabilities"].shape.as_list())

    def test_goes_on_from_its_checkpoint_as_if_never_interrupted(self):
        model = f"--model-dir={self.path}/model"
        whole = run("--steps=60", "--log-interval=20")[1]
        run("--steps=40", model)
        code, out, err = run("--steps=60", "--log-interval=20", model)
        self.assertEqual(0, code, err)
        self.assertTrue(any(re.fullmatch(r"restored=\S+model\.ckpt-40 step=40", line) for line in out), out)
        self.assertEqual(whole[-1], out[-1])
        code, _, err = run("--steps=60", "--optimizer=sgd", model)
        self.assertEqual(5, code)
        self.assertIn('"mlp adam"', err)

    def test_saves_and_ends_with_143_when_told_to_end(self):
        with start("--steps=1000000", f"--data-dir={DATA}", f"--model-dir={self.path}/model") as process:
            for line in process.stdout:
                if line.startswith("step="):
                    break
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=60)
            self.assertEqual(143, process.returncode, err)
        lines = out.splitlines()
        stopped = re.fullmatch(r"stopped_by=SIGTERM step=(\d+)", lines[-1])
        self.assertTrue(stopped, lines)
        self.assertTrue((self.path / f"model/model.ckpt-{stopped.group(1)}.index").is_file())

    def test_environment_stands_in_for_arguments_which_count_more(self):
        for program in (SOLUTION, MODULE / "alternatives/getenv/main.py"):
            words = ("--model=softmax", "--optimizer=sgd")
            code, out, err = run(*words, program=program, TF_TRAIN_STEPS="7", TF_BATCH_SIZE=" 32 ", TF_LOG_DIR="")
            self.assertEqual(0, code, err)
            self.assertIn("steps=7 batch_size=32", " ".join(out))
            self.assertTrue(out[-1].endswith("global_step=7"), out)

    def test_convolutions_with_dropout_and_momentum_train_and_an_argument_counts_more_than_its_variable(self):
        words = ("--steps=6", "--model=CNN", "--optimizer=momentum", "--dropout=0.5")
        code, out, err = run(*words, TF_TRAIN_STEPS="7", TF_MODEL_TYPE="softmax")
        self.assertEqual(0, code, err)
        self.assertIn("model=cnn", " ".join(out))
        self.assertTrue(out[-1].endswith("global_step=6"), out)

    def test_exit_codes_say_what_went_wrong(self):
        (self.path / "file").write_text("in the way")
        for code, words, text in (
            (2, ("--stepz=3",), "--stepz is not an option"),
            (2, ("--steps=many",), "--steps=many"),
            (2, ("--model=rnn",), "rnn is not known"),
            (3, ("--optimizer=sgd", "--lr=1e25", "--steps=50"), "Training diverged"),
            (5, (f"--model-dir={self.path}/file/model", "--steps=3"), "cannot be made"),
            (5, (f"--log-dir={self.path}/file/logs", "--steps=3"), "Nothing can be written"),
        ):
            with self.subTest(words=words):
                found, _, err = run(*words)
                self.assertEqual(code, found, err)
                self.assertIn(text, err)
        found, _, err = run(f"--data-dir={self.path}", data=False)
        self.assertEqual(4, found, err)
        self.assertIn("The training data is not there", err)

    def test_start_file_differs_from_the_solution_in_one_function_only(self):
        body = re.compile(r"def setting\(name, given\):\n(?:    .*\n)+")
        mine, theirs = (MODULE / "start/main.py").read_text(), SOLUTION.read_text()
        self.assertEqual(body.sub("", theirs), body.sub("", mine))
        self.assertNotIn("os.environ", body.search(mine).group())


if __name__ == "__main__":
    unittest.main(verbosity=1)
