"""Makes the ONNX graphs of this folder and, in values.npz, what onnxruntime computes with those that are read."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto as T
from onnx import helper as H
from onnx import numpy_helper as N

random = np.random.default_rng(5)
W = random.normal(size=(4, 3)).astype("f4")
V = random.normal(size=(3, 3)).astype("f4")
b = random.normal(size=3).astype("f4")
values = {}


def node(operation, inputs, outputs, **attributes):
    return H.make_node(operation, inputs, outputs, **attributes)


def stored(name, array):
    return N.from_array(np.asarray(array), name)


def made(name, kind, array):
    """As onnx.helper writes it: 16 bits lie in int32_data, whole numbers without a sign in uint64_data."""
    array = np.asarray(array)
    return H.make_tensor(name, kind, array.shape, array.flatten().tolist())


def model(nodes, constants, shape, operators=()):
    graph = H.make_graph(
        nodes,
        "g",
        [H.make_tensor_value_info("x", T.FLOAT, shape)],
        [H.make_tensor_value_info("y", T.FLOAT, None)],
        constants,
    )
    own = [H.make_opsetid(domain, 1) for domain in operators]
    result = H.make_model(graph, opset_imports=[H.make_opsetid("", 15)] + own)
    result.ir_version = 8
    return result


def write(name, nodes, constants, shape, operators=()):
    onnx.save(model(nodes, constants, shape, operators), name + ".onnx")


def computed(name, x):
    session = onnxruntime.InferenceSession(name + ".onnx", providers=["CPUExecutionProvider"])
    x = np.asarray(x, "f4")
    values[name + ".x"] = x
    values[name + ".y"] = session.run(["y"], {"x": x})[0]


def read(name, nodes, constants, shape, x):
    write(name, nodes, constants, shape)
    computed(name, x)


x = random.normal(size=(3, 4))
dense = [node("Gemm", ["x", "W", "b"], ["y"])]
read(
    "halves",
    [node("Cast", ["V"], ["W"], to=T.FLOAT), node("Cast", ["c"], ["b"], to=T.FLOAT)] + dense,
    [made("V", T.FLOAT16, W), made("c", T.BFLOAT16, b)],
    ["N", 4],
    x,
)
read(
    "wholes",
    [node("Cast", ["V"], ["W"], to=T.FLOAT), node("Cast", ["c"], ["b"], to=T.FLOAT)] + dense,
    [made("V", T.BOOL, W > 0), made("c", T.UINT64, [3, 0, 2**40])],
    ["N", 4],
    x,
)
read(
    "unused",
    dense,
    [
        stored("W", W),
        stored("b", b),
        H.make_tensor("words", T.STRING, [2], [b"one", b"two"]),
        made("counts", T.UINT64, [2**64 - 1]),
        stored("pairs", np.array([1 + 2j], "c8")),
    ],
    ["N", 4],
    x,
)
read(
    "quantised",
    [
        node("DequantizeLinear", ["Q", "s", "z"], ["q"], axis=1),
        node("Reshape", ["q", "t"], ["r"]),
        node("Mul", ["r", "k"], ["W"]),
    ]
    + dense,
    [
        stored("Q", random.integers(-90, 90, size=(2, 6)).astype("i1")),
        stored("s", np.array([1, 2, 3, 4, 5, 6], "f4") / 50),
        stored("z", np.array([1, 0, -2, 0, 5, 0], "i1")),
        stored("t", np.array([4, -1])),
        stored("k", np.array([1, 2, -1], "f4")),
        stored("b", b),
    ],
    ["N", 4],
    x,
)
onnx.save(
    model(dense, [stored("W", W), stored("b", b)], ["N", 4]),
    "beside.onnx",
    save_as_external_data=True,
    size_threshold=0,
    location="beside.data",
)
computed("beside", x)
read(
    "normalised_input",
    [node("BatchNormalization", ["x", "g", "h", "m", "v"], ["a"], epsilon=0.1), node("Gemm", ["a", "W", "b"], ["y"])],
    [stored("W", W), stored("b", b)] + [stored(name, np.arange(4, dtype="f4") + k) for k, name in enumerate("ghmv")],
    ["N", 4],
    x,
)
read(
    "behind",
    [
        node("MatMul", ["x", "W"], ["a"]),
        node("Mul", ["a", "k"], ["c"]),
        node("Sub", ["b", "c"], ["d"]),
        node("Div", ["d", "k"], ["e"]),
        node("Sub", ["e", "two"], ["f"]),
        node("Clip", ["f", "zero"], ["g"]),
        node("MatMul", ["g", "V"], ["h"]),
        node("Add", ["h", "b"], ["i"]),
        node("Max", ["zero", "i"], ["y"]),
    ],
    [
        stored("W", W),
        stored("V", V),
        stored("b", b),
        stored("k", np.array([[2, -3, 0.5]], "f4")),
        stored("two", np.float32(-2)),
        stored("zero", np.float32(0)),
    ],
    ["N", 4],
    x,
)
read(
    "shared",
    [
        node("MatMul", ["x", "W"], ["a"]),
        node("Relu", ["a"], ["c"]),
        node("MatMul", ["c", "V"], ["d"]),
        node("Relu", ["d"], ["e"]),
        node("MatMul", ["e", "V"], ["y"]),
    ],
    [stored("W", W), stored("V", V)],
    ["N", 4],
    x,
)
picture = [
    node("Reshape", ["x", "p"], ["i"]),
    node("Conv", ["i", "K"], ["a"]),
    node("Relu", ["a"], ["c"]),
]
flat = [node("Gemm", ["f", "D"], ["y"])]
sizes = [
    node("Shape", ["c"], ["s"]),
    node("Gather", ["s", "first"], ["n"]),
    node("Unsqueeze", ["n", "first_axis"], ["m"]),
    node("Concat", ["m", "rest"], ["t"], axis=0),
    node("Reshape", ["c", "t"], ["f"]),
]
kernels = [
    stored("p", np.array([-1, 1, 4, 4])),
    stored("K", random.normal(size=(2, 1, 3, 3)).astype("f4")),
    stored("D", random.normal(size=(8, 3)).astype("f4")),
    stored("first", np.array(0)),
    stored("first_axis", np.array([0])),
    stored("rest", np.array([-1])),
]
read("flattened", picture + sizes + flat, kernels, ["N", 16], random.normal(size=(2, 16)))

# Those that are refused

write(
    "training",
    [
        node("Gemm", ["x", "W", "b"], ["a"]),
        node("BatchNormalization", ["a", "b", "b", "b", "v"], ["y", "q", "r"], training_mode=1),
    ],
    [stored("W", W), stored("b", b), stored("v", b * b)],
    ["N", 4],
)
write("domain", [node("Gemm", ["x", "W", "b"], ["a"]), node("Relu", ["a"], ["y"], domain="my.ops")], [stored("W", W), stored("b", b)], ["N", 4], ["my.ops"])
write("column", dense, [stored("W", W), stored("b", b[:, None])], [3, 4])
write("turned", [node("MatMul", ["x", "W"], ["y"])], [stored("W", W.T.copy())], ["N", 3])
write("turned_undeclared", [node("MatMul", ["x", "W"], ["y"])], [stored("W", W.T.copy())], None)
write(
    "softmax_sum",
    [
        node("MatMul", ["x", "W"], ["a"]),
        node("Relu", ["a"], ["r"]),
        node("MatMul", ["x", "U"], ["c"]),
        node("Softmax", ["c"], ["s"]),
        node("Add", ["r", "s"], ["y"]),
    ],
    [stored("W", W), stored("U", W[::-1].copy())],
    ["N", 4],
)
pooled = [
    node("Conv", ["x", "K"], ["a"]),
    node("Relu", ["a"], ["c"]),
    node("Reshape", ["c", "t"], ["r"]),
    node("MaxPool", ["r"], ["q"], kernel_shape=[2, 2], strides=[2, 2]),
    node("Flatten", ["q"], ["f"]),
]
point = stored("K", random.normal(size=(4, 1, 1, 1)).astype("f4"))
write("reshaped", pooled + flat, [point, stored("t", np.array([0, 1, 8, 8])), stored("D", random.normal(size=(16, 3)).astype("f4"))], ["N", 1, 4, 4])
write("mixed", pooled[:2] + [node("Reshape", ["c", "t"], ["f"])] + flat, [point, stored("t", np.array([-1, 16])), stored("D", random.normal(size=(16, 3)).astype("f4"))], ["N", 1, 4, 4])
write("other_input", [node("Conv", ["x", "K"], ["y"])], [stored("K", random.normal(size=(2, 1, 3, 3)).astype("f4"))], [1, 1, 6, 6])
np.savez("values.npz", **values)
