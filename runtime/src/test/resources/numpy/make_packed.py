"""Makes archives of NumPy's arrays that no NumPy writes, with Python 3.13's zipfile.

python3 make_packed.py
"""

import io
import warnings
import zipfile

import numpy as np


def array(values):
    content = io.BytesIO()
    np.save(content, np.array(values))
    return content.getvalue()


def entry(name):
    return zipfile.ZipInfo(name + ".npy")


warnings.simplefilter("ignore")
for name, method in {"bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}.items():
    with zipfile.ZipFile(name + ".npz", "w") as file:
        file.writestr(entry("plain"), array([1.0]))
        file.writestr(entry("w"), array([1.0, 2.0]), compress_type=method)
with zipfile.ZipFile("twice.npz", "w") as file:
    file.writestr(entry("w"), array([1.0]))
    file.writestr(entry("w"), array([2.0]))
