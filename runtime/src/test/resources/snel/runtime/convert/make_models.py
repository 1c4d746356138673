"""Makes the ONNX models of this folder and what they compute, with PyTorch 2.6."""

import numpy as np
import torch
import torch.onnx._internal.onnx_proto_utils as export

export._add_onnxscript_fn = lambda model, _: model  # not needed here, and it would want a further package
torch.manual_seed(3)
nn = torch.nn


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 3, 3, padding=1, bias=False)
        self.b1 = nn.BatchNorm2d(3)
        self.p1 = nn.AvgPool2d(2)
        self.c2 = nn.Conv2d(3, 4, 3)
        self.p2 = nn.MaxPool2d(2)
        self.fc = nn.Linear(16, 5)

    def forward(self, x):
        x = self.p1(torch.relu(self.b1(self.c1(x))))
        x = self.p2(torch.relu(self.c2(x)))
        return torch.log_softmax(self.fc(x.flatten(1)), 1)


mlp = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
torch.onnx.export(mlp, torch.zeros(1, 4), "mlp.onnx", dynamo=False)
cnn = Cnn()
for _ in range(20):  # statistics other than those it begins with
    cnn(torch.rand(16, 1, 12, 12) * 2)
cnn.eval()
picture = torch.zeros(1, 1, 12, 12)
torch.onnx.export(
    cnn,
    picture,
    "cnn.onnx",
    dynamo=False,
    training=torch.onnx.TrainingMode.PRESERVE,
    do_constant_folding=False,
)
torch.onnx.export(cnn, picture, "cnn_folded.onnx", dynamo=False)
with torch.no_grad():
    x = torch.rand(3, 1, 12, 12)
    a1 = torch.relu(cnn.b1(cnn.c1(x)))
    p1 = cnn.p1(a1)
    a2 = torch.relu(cnn.c2(p1))
    p2 = cnn.p2(a2)
    np.savez("cnn_values.npz", x=x, a1=a1, p1=p1, a2=a2, p2=p2, y=cnn.fc(p2.flatten(1)))
    x = torch.rand(5, 4)
    np.savez("mlp_values.npz", x=x, a=mlp[1](mlp[0](x)), y=mlp(x))
