"""Makes the ONNX networks of this folder, as PyTorch and tf2onnx write them, and in values.npz what onnxruntime computes."""

import io

import numpy as np
import onnx
import onnxruntime
import torch
import torch.onnx._internal.onnx_proto_utils as export
from onnx import TensorProto as T
from onnx import helper as H
from onnx import numpy_helper as N
from torch import nn

export._add_onnxscript_fn = lambda model, _: model  # not needed here, and it would want a further package
random = np.random.default_rng(11)
torch.manual_seed(11)
values = {}


def normal(*shape):
    return random.normal(size=shape).astype("f4")


def written(name, model, x):
    onnx.save(model, name + ".onnx")
    session = onnxruntime.InferenceSession(name + ".onnx", providers=["CPUExecutionProvider"])
    values[name + ".x"] = x
    values[name + ".y"] = session.run(None, {session.get_inputs()[0].name: x})[0]


def exported(name, module, x):
    module.eval()
    file = io.BytesIO()
    torch.onnx.export(module, torch.from_numpy(x), file, opset_version=13, dynamic_axes={"x": {0: "N"}}, input_names=["x"])
    written(name, onnx.load_from_string(file.getvalue()), x)


def node(operation, inputs, output, **attributes):
    return H.make_node(operation, inputs.split(), [output], **attributes)


def graph(name, nodes, constants, shape, x):
    stored = [N.from_array(np.asarray(array), key) for key, array in constants.items()]
    kinds = [H.make_tensor_value_info(key, T.FLOAT, lengths) for key, lengths in (("x", shape), ("y", None))]
    model = H.make_model(H.make_graph(nodes, "g", kinds[:1], kinds[1:], stored), opset_imports=[H.make_opsetid("", 18)])
    model.ir_version = 9
    written(name, model, x)


def seen(norm):
    """A normalisation that has seen something, with gains above and below 0."""
    size = norm.num_features
    with torch.no_grad():
        norm.running_mean.copy_(torch.from_numpy(normal(size)))
        norm.running_var.copy_(torch.from_numpy(np.abs(normal(size)) + 0.5))
        norm.weight.copy_(torch.from_numpy(normal(size)))
        norm.bias.copy_(torch.from_numpy(normal(size)))
    return norm


class Normalised(nn.Module):
    """The picture less its mean, over its deviation, before a padded kernel; normalisations behind what rectifies."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.5, 0.4]).view(1, 2, 1, 1))
        self.register_buffer("deviation", torch.tensor([0.2, 0.3]).view(1, 2, 1, 1))
        self.c1 = nn.Conv2d(2, 4, 3, padding=1)
        self.b1 = seen(nn.BatchNorm2d(4))
        self.c2 = nn.Conv2d(4, 6, 3, padding=(1, 0), stride=2, groups=2, bias=False)
        self.b2 = seen(nn.BatchNorm2d(6))
        self.fc = nn.Linear(6 * 3 * 2, 5)
        self.b3 = seen(nn.BatchNorm1d(5))
        self.out = nn.Linear(5, 3)

    def forward(self, x):
        x = self.b1(torch.relu(self.c1((x - self.mean) / self.deviation)))
        x = self.b2(torch.relu(self.c2(x)))
        x = self.b3(torch.relu(self.fc(x.flatten(1))))
        return self.out(x)


exported("normalised", Normalised(), np.abs(normal(2, 2, 6, 6)))

# As Keras has it: Conv2D(activation="relu"), BatchNormalization, MaxPooling2D, Flatten, Dense
graph(
    "keras",
    [
        node("Transpose", "x", "t", perm=[0, 3, 1, 2]),
        node("Conv", "t K k", "a", pads=[1, 1, 1, 1]),
        node("Relu", "a", "b"),
        node("Transpose", "b", "back", perm=[0, 2, 3, 1]),
        node("Mul", "back gain", "c"),
        node("Add", "c shift", "d"),
        node("Transpose", "d", "again", perm=[0, 3, 1, 2]),
        node("MaxPool", "again", "e", kernel_shape=[2, 2], strides=[2, 2]),
        node("Transpose", "e", "f", perm=[0, 2, 3, 1]),
        node("Reshape", "f shape", "g", allowzero=0),
        node("MatMul", "g W", "h"),
        node("Add", "h B", "y"),
    ],
    {
        "K": normal(3, 2, 3, 3),
        "k": normal(3),
        "gain": np.abs(normal(3)),
        "shift": normal(3),
        "shape": np.array([-1, 12]),
        "W": normal(12, 4),
        "B": normal(4),
    },
    ["N", 4, 4, 2],
    np.abs(normal(2, 4, 4, 2)),
)


class CutOff(nn.Module):
    """ReLU6, by which some values are cut off."""

    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(1, 3, 3, padding=1)
        self.fc = nn.Linear(12, 8)
        self.fc.weight.data += 0.1
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        x = nn.functional.max_pool2d(nn.functional.relu6(20 * self.c(x)), 2)
        x = nn.functional.relu6(2 * self.fc(x.flatten(1)))
        return self.out(x)


exported("cut_off", CutOff(), random.random(size=(2, 1, 4, 4)).astype("f4"))


class Rows(nn.Module):
    """Layers in a row of which nothing rectifies what one hands on to the next."""

    def __init__(self):
        super().__init__()
        self.deep = nn.Conv2d(2, 4, 3, padding=1, groups=2)
        self.point = nn.Conv2d(4, 3, 1)
        self.narrow = nn.Conv2d(3, 2, 1)
        self.wide = nn.Conv2d(2, 4, 3, padding=1, stride=2)
        self.seen = nn.Conv2d(4, 3, 2, padding=1)
        self.first = nn.Linear(48, 5)
        self.second = nn.Linear(5, 6)
        self.out = nn.Linear(6, 3)

    def forward(self, x):
        x = torch.relu(self.point(self.deep(x)))
        x = torch.relu(self.wide(self.narrow(x)))
        return self.out(torch.relu(self.second(self.first(self.seen(x).flatten(1)))))


exported("rows", Rows(), normal(2, 2, 6, 6))
exported("row", nn.Sequential(nn.Linear(4, 2), nn.Linear(2, 5), nn.ReLU(), nn.Linear(5, 3)), normal(2, 4))
# Keras's padding="same" with strides of 2 over maps of even size: one more behind, or before
graph(
    "one_sided",
    [
        node("Sub", "x half", "a"),
        node("Conv", "a K k", "b", auto_pad="SAME_UPPER", strides=[2, 2]),
        node("Relu", "b", "c"),
        node("Conv", "c L", "d", pads=[2, 1, 0, 1]),
        node("Relu", "d", "e"),
        node("Flatten", "e", "f"),
        node("Gemm", "f W", "y", transB=1),
    ],
    {
        "half": np.float32(0.5),
        "K": normal(3, 1, 3, 3),
        "k": normal(3),
        "L": normal(2, 3, 3, 3),
        "W": normal(4, 18),
    },
    ["N", 1, 6, 6],
    normal(2, 1, 6, 6),
)


class SideBySide(nn.Module):
    """Ways that are put side by side, as in SqueezeNet, Inception and DenseNet: kernels of two sizes; all that came before, normalised."""

    def __init__(self):
        super().__init__()
        self.squeeze = nn.Conv2d(1, 2, 1)
        self.narrow = nn.Conv2d(2, 3, 1)
        self.wide = nn.Conv2d(2, 2, 3, padding=1)
        self.norm = seen(nn.BatchNorm2d(7))
        self.deep = nn.Conv2d(7, 7, 3, padding=1, groups=7)
        self.next = nn.Conv2d(7, 3, 2, stride=2, bias=False)
        self.after = seen(nn.BatchNorm2d(3))
        self.fc = nn.Linear(7 * 4 + 3 * 4, 6)
        self.out = nn.Linear(6 + 40, 3)

    def forward(self, x):
        s = torch.relu(self.squeeze(x))
        both = torch.cat([torch.relu(self.narrow(s)), torch.relu(self.wide(s))], 1)
        all = torch.cat([s, both], 1)
        d = torch.relu(self.deep(self.norm(all)))
        n = torch.relu(self.after(self.next(d)))
        p = nn.functional.max_pool2d(all, 2)
        f = torch.cat([p.flatten(1), n.flatten(1)], 1)
        h = torch.relu(self.fc(f))
        return self.out(torch.cat([h, f], -1))


exported("side_by_side", SideBySide(), random.random(size=(2, 1, 4, 4)).astype("f4"))


class Spreading(nn.Module):
    """Transposed kernels, as in a U-Net: groups, more at the far edge, a way past them put beside what they make."""

    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(2, 4, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2)
        self.norm = seen(nn.BatchNorm2d(6))
        self.wide = nn.ConvTranspose2d(8, 3, (3, 2), stride=(1, 2), dilation=(2, 1), padding=(1, 0))
        self.out = nn.Conv2d(3, 2, 1)

    def forward(self, x):
        x = x - 0.5
        up = torch.relu(self.norm(self.up(torch.relu(self.down(x)))))
        return self.out(torch.relu(self.wide(torch.cat([up, x], 1))))


exported("spreading", Spreading(), normal(2, 2, 4, 6))
graph(
    "spreading_same",
    [
        node("ConvTranspose", "x K k", "a", auto_pad="SAME_UPPER", strides=[2, 2]),
        node("Relu", "a", "b"),
        node("ConvTranspose", "b L", "c", auto_pad="SAME_LOWER", strides=[1, 2]),
        node("Relu", "c", "d"),
        node("ConvTranspose", "d M", "e", output_shape=[9, 13]),
        node("Flatten", "e", "y"),
    ],
    {"K": normal(1, 2, 3, 3), "k": normal(2), "L": normal(2, 2, 2, 3), "M": normal(2, 1, 4, 4)},
    ["N", 1, 4, 3],
    normal(2, 1, 4, 3),
)
values["keras.x"] = values["keras.x"].transpose(0, 3, 1, 2)  # as a program has it whose first layer is a kernel
np.savez("values.npz", **values)
