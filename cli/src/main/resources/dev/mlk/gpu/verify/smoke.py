"""What the GPUs of this container are and whether TensorFlow computes on them: one line of JSON a fact.

`mlk gpu verify` gives this program to a TensorFlow image as an argument. It changes nothing and needs no rights.
Words: "identity" leaves the arithmetic out; "compute N" does the arithmetic only, with devices counted from N.
"""

import ctypes
import glob
import json
import os
import re
import subprocess
import sys
import time

PROTOCOL = 1
COMPARED = 512
TOLERANCE = 1e-4
TIMED = {"GPU": 4096, "CPU": 1024}
SECONDS = 0.5
CHUNK = 256
SHARE = 0.8
PEER_MEBIBYTES = 64
QUERY = "index,uuid,pci.bus_id,name,memory.total,memory.free,driver_version,ecc.errors.uncorrected.volatile.total"


def say(fact, **values):
    print(json.dumps({"fact": fact, **{name: value for name, value in values.items() if value is not None}}), flush=True)


def trying(where, function, *arguments, **more):
    """The function's result; what it throws becomes a fact of its own."""
    try:
        return function(*arguments)
    except Exception as problem:  # whatever it is, the other facts are worth having
        text = " ".join(str(problem).split()) or repr(problem)
        say("error", where=where, message="%s: %s" % (type(problem).__name__, text[:400]), **more)
        return None


def text(path):
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def run(*command):
    """Exit code and output of a program; None where there is none of that name."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        return done.returncode, done.stdout.decode(errors="replace").strip()
    except (OSError, subprocess.TimeoutExpired):
        return None


def library(name):
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


# ---------------------------------------------------------------- driver and devices


def driver():
    facts = {}
    kernel = re.search(r"Kernel Module.*?\s(\d+\.[\d.]+)", text("/proc/driver/nvidia/version"))
    if kernel:
        facts["kernel"] = kernel.group(1)
    cuda = library("libcuda.so.1")
    if cuda:
        mapped = re.search(r"libcuda\.so\.(\d[\d.]+)", text("/proc/self/maps"))
        if mapped and mapped.group(1) != "1":
            facts["library"] = mapped.group(1)
        version = ctypes.c_int(0)
        if cuda.cuDriverGetVersion(ctypes.byref(version)) == 0:
            facts["cuda"] = "%d.%d" % (version.value // 1000, version.value % 1000 // 10)
        code = cuda.cuInit(0)
        if code != 0:
            facts["error"] = "cuInit answers %d%s" % (code, {100: ", no device", 803: ", driver and library differ", 999: ", unknown error"}.get(code, ""))
    smi = run("nvidia-smi")
    if smi and smi[0] != 0:
        facts["error"] = "nvidia-smi ends with %d: %s" % (smi[0], smi[1].splitlines()[0] if smi[1] else "")
    if not facts and not smi:
        facts["error"] = "no NVIDIA driver in this container: no libcuda.so.1, no nvidia-smi"
    say("driver", **facts)


def number(words):
    try:
        return int(float(words))
    except ValueError:
        return None


def devices():
    """The devices of the container, each a fact; returns the ids of MIG devices."""
    smi = run("nvidia-smi", "--query-gpu=" + QUERY, "--format=csv,noheader,nounits")
    if not smi or smi[0] != 0:
        others()
        return []
    whole = {}
    for line in smi[1].splitlines():
        fields = [field.strip() for field in line.split(",")]
        if len(fields) == len(QUERY.split(",")):
            whole[fields[0]] = dict(uuid=fields[1], bus=fields[2], model=fields[3], memoryMiB=number(fields[4]),
                                    freeMiB=number(fields[5]), driver=fields[6], eccErrors=number(fields[7]))
    parts = []
    listed = run("nvidia-smi", "-L")
    owner = None
    for line in (listed[1] if listed else "").splitlines():
        gpu = re.match(r"GPU (\d+):", line)
        part = re.match(r"\s+MIG (\S+)\s+Device\s+\d+: \(UUID: (\S+)\)", line)
        if gpu:
            owner = gpu.group(1)
        elif part:
            parts.append((owner, part.group(1), part.group(2)))
    for index, (owner, profile, uuid) in enumerate(parts):
        of = whole.get(owner, {})
        say("device", index=index, uuid=uuid, parent=of.get("uuid"), bus=of.get("bus"), model=of.get("model"), mig=profile)
    if not parts:
        for index, gpu in whole.items():
            say("device", index=int(index), **gpu)
    return [uuid for _, _, uuid in parts]


def others():
    """Without nvidia-smi: AMD's tool, else what the device plugin left in the environment."""
    smi = run("rocm-smi", "--showuniqueid", "--showbus", "--showproductname", "--showmeminfo", "vram", "--json")
    if smi and smi[0] == 0 and smi[1].startswith("{"):
        for index, (_, card) in enumerate(sorted(json.loads(smi[1]).items())):
            values = {name.lower(): value for name, value in card.items()}
            total = number(values.get("vram total memory (b)", ""))
            say("device", index=index, uuid=values.get("unique id"), bus=values.get("pci bus"), model=values.get("card series"),
                memoryMiB=total and total >> 20)
        return
    named = [uuid for uuid in os.environ.get("NVIDIA_VISIBLE_DEVICES", "").split(",") if uuid not in ("", "all", "none", "void")]
    files = sorted(glob.glob("/dev/nvidia[0-9]*"))
    for index in range(len(files)):
        say("device", index=index, uuid=named[index] if index < len(named) else None, file=files[index])


def matrix():
    """How GPUs and network cards are connected, as nvidia-smi draws it, without its underlining; empty where it draws nothing."""
    smi = run("nvidia-smi", "topo", "-m")
    # The corner above the names is a tab, and gone with the blanks around the answer.
    return "\t" + re.sub(r"\x1b\[[0-9;]*m", "", smi[1]).strip() if smi and smi[0] == 0 and smi[1] else ""


def links():
    """How each pair of GPUs is connected: NV12, PIX, SYS ..."""
    pairs = {}
    rows = [line.split("\t") for line in matrix().splitlines()]
    heads = [word.strip() for word in rows[0]] if rows else []
    for row in rows[1:]:
        for head, cell in zip(heads, row):
            if re.fullmatch(r"GPU\d+", row[0].strip()) and re.fullmatch(r"GPU\d+", head):
                pairs[int(row[0].strip()[3:]), int(head[3:])] = cell.strip()
    return pairs


def topology():
    drawn = matrix()
    if "GPU0" in drawn:
        say("topology", matrix=drawn[:16000])


def fabric():
    """InfiniBand and RoCE ports, where the container has them."""
    for port in sorted(glob.glob("/sys/class/infiniband/*/ports/*")):
        parts = port.split("/")
        state = text(port + "/state").strip()
        say("rdma", device=parts[4], port=parts[6], state=state.split(":")[-1].strip(), rate=text(port + "/rate").strip() or None,
            layer=text(port + "/link_layer").strip() or None, verbs=bool(glob.glob("/dev/infiniband/uverbs*")))


def identity():
    sandbox = "gvisor" if "gvisor" in text("/proc/version").lower() or os.uname().release == "4.4.0" else None
    say("start", protocol=PROTOCOL, program="python", python=sys.version.split()[0], kernel=os.uname().release, sandbox=sandbox)
    trying("driver", driver)
    parts = trying("devices", devices) or []
    trying("rdma", fabric)
    trying("topology", topology)
    return parts


# ---------------------------------------------------------------- arithmetic


def why_none(tf, build):
    """Why TensorFlow has no GPU: the first of the usual reasons that holds."""
    if not (build.get("is_cuda_build") or build.get("is_rocm_build")):
        return "image", "TensorFlow %s of this image is built without CUDA" % tf.__version__
    if build.get("is_rocm_build"):
        return "node", "TensorFlow finds no device although it is built for ROCm"
    cuda = library("libcuda.so.1")
    if not cuda:
        return "node", "the container has no NVIDIA driver library (libcuda.so.1): the container runtime did not add it"
    code = cuda.cuInit(0)
    if code != 0:
        return "node", "CUDA does not start: cuInit answers %d" % code
    missing = []
    cudnn = str(build.get("cudnn_version", "")).split(".")[0]
    major = str(build.get("cuda_version", "")).split(".")[0]
    for name in ["libcudnn.so." + cudnn, "libcudart.so." + major, "libcublas.so." + major]:
        if name.split(".")[-1] and not library(name) and not bundled(name):
            missing.append(name)
    if missing:
        return "image", "the image lacks %s, which its TensorFlow %s needs" % (", ".join(missing), tf.__version__)
    return "node", "TensorFlow finds no device although driver and libraries are there"


def bundled(name):
    return any(glob.glob(os.path.join(path, "nvidia", "*", "lib", name)) for path in sys.path)


def compute(offset):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")
    # As nvidia-smi counts.
    os.environ.setdefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
    import tensorflow as tf

    build = dict(tf.sysconfig.get_build_info())
    built = "cuda" if build.get("is_cuda_build") else "rocm" if build.get("is_rocm_build") else "cpu"
    gpus = tf.config.list_physical_devices("GPU")
    say("tensorflow", version=tf.__version__, built=built, cuda=build.get("cuda_version"), cudnn=str(build.get("cudnn_version", "")) or None,
        gpus=len(gpus))
    # TF32 would be a thousand times less exact, and what is compared is single precision.
    trying("tf32", tf.config.experimental.enable_tensor_float_32_execution, False)
    for gpu in gpus:
        trying("growth", tf.config.experimental.set_memory_growth, gpu, True)
    for index, gpu in enumerate(gpus):
        details = trying("listed", tf.config.experimental.get_device_details, gpu, index=offset + index) or {}
        capability = details.get("compute_capability")
        say("listed", index=offset + index, name=gpu.name, model=details.get("device_name"),
            capability=capability and ".".join(map(str, capability)))
    if not gpus:
        where, reason = why_none(tf, build)
        say("fallback", reason=reason, blame=where)
    for index in range(max(1, len(gpus))):
        place = "/GPU:%d" % index if gpus else "/CPU:0"
        trying("product", product, tf, place, offset + index, index=offset + index)
        trying("speed", speed, tf, place, offset + index, index=offset + index)
        if gpus:
            trying("memory", memory, tf, place, offset + index, index=offset + index)
    pairs = links() if len(gpus) > 1 else {}
    for first in range(len(gpus)):
        for second in range(first + 1, len(gpus)):
            trying("peer", peer, tf, first, second, pairs.get((first, second)), index=first)


def product(tf, place, index):
    import numpy

    random = numpy.random.default_rng(1)
    left = random.uniform(-1, 1, (COMPARED, COMPARED)).astype("float32")
    right = random.uniform(-1, 1, (COMPARED, COMPARED)).astype("float32")
    with tf.device(place):
        result = tf.matmul(tf.constant(left), tf.constant(right))
    exact = left.astype("float64") @ right.astype("float64")
    difference = float(abs(result.numpy() - exact).max() / abs(exact).max())
    if difference != difference:
        difference = 1e308  # JSON knows no NaN
    say("product", index=index, placed=result.device, size=COMPARED, difference=difference, tolerance=TOLERANCE)


def speed(tf, place, index):
    size = TIMED[place[1:4]]

    def multiply(times):
        start = time.perf_counter()
        for _ in range(times):
            result = tf.matmul(matrix, matrix)
        result[0, 0].numpy()
        return time.perf_counter() - start

    with tf.device(place):
        matrix = tf.random.uniform((size, size), -1, 1)
        multiply(2)
        times = max(2, int(SECONDS / max(multiply(2) / 2, 1e-5)))
        seconds = multiply(times)
    say("speed", index=index, gflops=round(2.0 * size ** 3 * times / seconds / 1e9, 1), size=size, type="float32")


def free_mebibytes(index):
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "")
    if visible.startswith("MIG-"):
        cuda = library("libcudart.so.12") or library("libcudart.so.11.0") or library("libcudart.so.13")
    else:
        cuda = None
        smi = run("nvidia-smi", "--id=%d" % index, "--query-gpu=memory.free,memory.total", "--format=csv,noheader,nounits")
        if smi and smi[0] == 0 and "," in smi[1]:
            free, total = (number(word) for word in smi[1].split(","))
            return free, total
    if cuda:
        free, total = ctypes.c_size_t(0), ctypes.c_size_t(0)
        if cuda.cudaMemGetInfo(ctypes.byref(free), ctypes.byref(total)) == 0:
            return free.value >> 20, total.value >> 20
    return None, None


def memory(tf, place, index):
    # What the arithmetic took is TensorFlow's to use again.
    held = tf.config.experimental.get_memory_info(place[1:])["current"] >> 20
    free, total = free_mebibytes(index)
    wanted = int((free if free else 1024) * SHARE) // CHUNK * CHUNK
    wanted = max(wanted, CHUNK)
    chunks, intact, problem = [], True, None
    try:
        with tf.device(place):
            for number_of in range(wanted // CHUNK):
                chunk = tf.fill((CHUNK << 18,), float(number_of))
                chunks.append(chunk)
            for number_of, chunk in enumerate(chunks):
                intact = intact and float(tf.reduce_min(chunk)) == number_of == float(tf.reduce_max(chunk))
    except tf.errors.ResourceExhaustedError:
        problem = "out of memory"
    say("memory", index=index, totalMiB=total, freeMiB=free, heldMiB=held, wantedMiB=wanted, gotMiB=len(chunks) * CHUNK, intact=intact,
        problem=problem)


def peer(tf, first, second, link):
    count = PEER_MEBIBYTES << 18
    with tf.device("/GPU:%d" % first):
        source = tf.random.uniform((count,))
        tf.reduce_sum(source).numpy()
    best, copied = None, None
    for _ in range(3):
        start = time.perf_counter()
        with tf.device("/GPU:%d" % second):
            copied = tf.identity(source)
            copied[0].numpy()
        seconds = time.perf_counter() - start
        best = seconds if best is None else min(best, seconds)
    intact = bool((source.numpy() == copied.numpy()).all())
    say("peer", **{"from": first, "to": second, "intact": intact, "gibPerSecond": round(PEER_MEBIBYTES / 1024 / best, 2), "link": link})


def each_alone(parts):
    """CUDA gives a process one MIG device, so each gets a process."""
    own = text("/proc/self/cmdline").split("\0")[:-1]
    own = own[: len(own) - len(sys.argv[1:])]
    for index, uuid in enumerate(parts):
        environment = dict(os.environ, CUDA_VISIBLE_DEVICES=uuid)
        done = subprocess.run(own + ["compute", str(index)], env=environment)
        if done.returncode != 0:
            say("error", where="tensorflow", message="the process of this device ended with %d" % done.returncode, index=index)


def main(words):
    if words[:1] == ["compute"]:
        trying("tensorflow", compute, int(words[1]))
        return
    parts = identity()
    if "identity" not in words:
        if len(parts) > 1:
            each_alone(parts)
        else:
            trying("tensorflow", compute, 0)
    say("end")


main(sys.argv[1:])
