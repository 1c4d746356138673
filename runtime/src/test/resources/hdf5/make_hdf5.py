"""Makes the HDF5 files here, with h5py 3.13 on HDF5 1.14.5.

python3 make_hdf5.py
"""

import ctypes
import ctypes.util

import h5py
import numpy as np

GRID = np.arange(77).reshape(7, 11)


def early(file, name, most):
    """Chunks that lie one behind the other."""
    create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    create.set_chunk((3, 4))
    create.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    space = h5py.h5s.create_simple((7, 11), most)
    made = h5py.h5d.create(file.id, name.encode(), h5py.h5t.IEEE_F64LE, space, create)
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, GRID.astype("f8"))


def float_of(file, name, *, exponent, mantissa, bias):
    """A float of two bytes."""
    kind = h5py.h5t.IEEE_F16LE.copy()
    kind.set_fields(15, mantissa, exponent, 0, mantissa)
    kind.set_ebias(bias)
    made = h5py.h5d.create(file.id, name.encode(), kind, h5py.h5s.create_simple((4,)))
    values = np.array([1, -2.5, 100, 0.0078125], "f4")
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, values, mtype=h5py.h5t.NATIVE_FLOAT)


with h5py.File("filters.h5", "w") as file:
    for kind in ("i1", "f2", "f4", "f8"):
        file.create_dataset(
            "shuffled_" + kind, data=GRID.astype(kind), chunks=(3, 4), shuffle=True, fletcher32=True
        )
    file.create_dataset(
        "lzf", data=GRID.astype("f4"), chunks=(3, 4), compression="lzf", shuffle=True, fletcher32=True
    )
    file.create_dataset("checked", data=GRID.astype("f4"), chunks=(7, 11), fletcher32=True)
    skipping = file.create_dataset("skipping", (4, 4), "f4", chunks=(2, 4), compression="gzip")
    skipping[:2] = 1.5
    skipping.id.write_direct_chunk((2, 0), np.arange(8, dtype="f4").tobytes(), filter_mask=1)

with h5py.File("growing.h5", "w", libver="latest") as file:
    for name, most in {
        "first": (None, 11),
        "second": (11, None),
        "both": (None, None),
        "bounded": (10, 30),
    }.items():
        for packed in ({}, {"compression": "gzip"}):
            file.create_dataset(
                name + ("_packed" if packed else ""),
                data=GRID.astype("f4"),
                chunks=(3, 4),
                maxshape=most,
                **packed,
            )
    early(file, "in_order", (7, 11))
    early(file, "in_order_bounded", (9, 20))
    shrunk = file.create_dataset("shrunk", (9, 20), "f4", chunks=(3, 4), maxshape=(9, 20))
    shrunk[...] = -1
    shrunk[:7, :11] = GRID
    shrunk.resize((7, 11))
    far = {"chunks": (1,), "dtype": "i1", "fillvalue": 5}
    endless = file.create_dataset("far_endless", (80000,), maxshape=(None,), **far)
    endless[3] = 1
    endless[200] = 2
    endless[70000:70003] = [3, 4, 6]
    fixed = file.create_dataset("far_fixed", (2500,), **far)
    fixed[3] = 1
    fixed[2400:2403] = [3, 4, 6]

with h5py.File("edges.h5", "w", libver="latest") as file:
    create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    create.set_chunk((3, 4))
    create.set_deflate(3)
    library = ctypes.CDLL(ctypes.util.find_library("hdf5_serial"))
    library.H5Pset_chunk_opts.argtypes = [ctypes.c_int64, ctypes.c_uint]
    library.H5Pset_chunk_opts(create.id, 2)  # H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS
    space = h5py.h5s.create_simple((7, 11))
    made = h5py.h5d.create(file.id, b"kernel", h5py.h5t.IEEE_F32LE, space, create)
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, GRID.astype("f4"))

TIMES = [[0.001, 0.0025, 0.0105], [], [0.002, 0.002], [0.25]]
UNITS = [[4, 0, 4], [], [1, 1], [3]]


def lists(file, name, kind, rows, **how):
    made = file.create_dataset(name, (len(rows),), h5py.vlen_dtype(kind), **how)
    for k, row in enumerate(rows):
        made[k] = np.array(row, kind)


with h5py.File("lists.h5", "w") as file:
    lists(file, "spikes/times", "f4", TIMES)
    lists(file, "spikes/units", "u2", UNITS)
    lists(file, "packed/times", ">f8", TIMES, chunks=(3,), compression="gzip")
    lists(file, "packed/units", "i4", UNITS, chunks=(3,), maxshape=(None,))
    file["labels"] = np.array([2, 0, 1, 2], "u2")
    file["image"] = np.arange(24, dtype="f4").reshape(4, 2, 3)
    file["number"] = 3
    # what does not fit
    lists(file, "few/units", "u2", UNITS[:3])
    lists(file, "short/units", "u2", [row[:1] for row in UNITS])
    file.create_dataset("names", data=["a", "b", "c", "d"], dtype=h5py.string_dtype())

for name in ("earliest", "latest"):
    with h5py.File(f"kinds_{name}.h5", "w", libver=name) as file:
        file["there/values"] = np.arange(4.0)
        file["scalar"] = 3.5
        file["soft"] = h5py.SoftLink("/there/values")
        file["group"] = h5py.SoftLink("there")
        file["there/back"] = file["/"]
        file["type"] = np.dtype("f8")
        file.create_dataset("named", data=np.arange(4.0), dtype=file["type"])
        file["truth"] = np.array([True, False])
        file["unsigned"] = np.array([1, 2**62], "u8")
        file["without_shape"] = h5py.Empty("f4")
        file.create_dataset("filled", (2, 3), "f4", fillvalue=-1.5)
        file.create_dataset("nought", (2, 3), ">f4")
        partly = file.create_dataset("partly", (7, 11), ">f8", chunks=(3, 4), fillvalue=2.5)
        partly[0, 0] = 9
        file.create_dataset("no_chunk", (7, 11), "i2", chunks=(3, 4), fillvalue=-4)
        float_of(file, "brain", exponent=8, mantissa=7, bias=127)
        # what is no array of numbers, or none that is read
        file["too_large"] = np.array([2**63 + 1], "u8")
        float_of(file, "float_6_9", exponent=6, mantissa=9, bias=31)
        file["complex"] = np.array([1 + 2j])
        file["text"] = np.array([b"ab", b"cde"])
        file.create_dataset("regions", (2,), dtype=h5py.regionref_dtype)
        file.create_dataset("scaled", data=GRID, chunks=(3, 4), scaleoffset=0)
        file["nowhere"] = h5py.SoftLink("/nothing")
        file["round"] = h5py.SoftLink("/round")
        file["elsewhere"] = h5py.ExternalLink("other.h5", "/values")
        layout = h5py.VirtualLayout((1, 4), "f8")
        layout[0] = h5py.VirtualSource("other.h5", "values", (4,))
        file.create_virtual_dataset("virtual", layout)
        file.create_dataset("outside", (4,), "f8", external=[("other.raw", 0, 32)])

for name in ("earliest", "latest"):
    with h5py.File(f"names_{name}.h5", "w", libver=name) as file:
        file["größe/länge"] = np.arange(4.0)
