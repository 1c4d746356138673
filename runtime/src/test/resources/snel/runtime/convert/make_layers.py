"""Makes layers.safetensors and what they compute, with PyTorch 2.6.

python3 make_layers.py
"""

import json
import struct

import numpy as np
import torch

torch.manual_seed(5)
nn = torch.nn
deep = nn.Conv2d(4, 4, 3, padding=1, groups=4)
up = nn.ConvTranspose2d(4, 6, (4, 3), stride=2, padding=1, output_padding=(0, 1), groups=2)
wide = nn.Conv2d(6, 3, 3, stride=(2, 1), dilation=(1, 2), groups=3)
line = nn.Conv1d(3, 2, 3, stride=2)
fc = nn.Linear(4, 3)
norm = nn.BatchNorm1d(3)
spread = nn.BatchNorm2d(6)
with torch.no_grad():
    for each in (norm, spread):
        for p in [*each.parameters(), each.running_mean, each.running_var]:
            p.copy_(torch.rand_like(p) + 0.5)
        each.eval()

x = torch.rand(4, 6, 5)
with torch.no_grad():
    a = torch.relu(deep(x))
    b = torch.relu(up(a))
    c = torch.relu(wide(b))
    d = torch.relu(line(c.mean(1)))
    y = fc(d.flatten())
    nb = torch.relu(spread(up(a)[None]))[0]
    nc = torch.relu(wide(nb))
    nd = torch.relu(line(nc.mean(1)))
    ny = norm(fc(nd.flatten())[None])[0]
layers = nn.ModuleDict({"deep": deep, "up": up, "wide": wide, "line": line, "fc": fc, "norm": norm, "spread": spread})
arrays = {name: p.numpy() for name, p in layers.state_dict().items() if "num_batches" not in name}
header, data = {}, b""
for name, array in arrays.items():
    header[name] = {
        "dtype": "F32",
        "shape": list(array.shape),
        "data_offsets": [len(data), len(data) + array.nbytes],
    }
    data += array.tobytes()
text = json.dumps(header).encode()
open("layers.safetensors", "wb").write(struct.pack("<Q", len(text)) + text + data)
np.savez("layers_values.npz", x=x, a=a, b=b, c=c, d=d, y=y, na=a, nb=nb, nc=nc, nd=nd, ny=ny)
print([tuple(v.shape) for v in (a, b, c, d, y)])
