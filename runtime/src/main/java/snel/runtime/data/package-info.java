/// Lives here: readers of data files (CSV, NPY, NPZ, IDX, WAV), data sets as named fields over
/// records, and the cache of data sets that are fetched. May import: `runtime.file`.
@NullMarked
package snel.runtime.data;

import org.jspecify.annotations.NullMarked;
