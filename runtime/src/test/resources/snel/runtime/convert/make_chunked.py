"""Makes chunked.h5, an array in packed chunks, with PyTables 3.7.

python3 make_chunked.py
"""

import numpy as np
import tables

with tables.open_file("chunked.h5", "w") as file:
    array = file.create_carray(
        "/",
        "kernel",
        tables.Float32Atom(),
        (7, 11),
        chunkshape=(4, 5),
        filters=tables.Filters(1, "zlib"),
    )
    array[:] = np.arange(77, dtype="f4").reshape(7, 11)
