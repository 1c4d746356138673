package snel.parallel;

import snel.ir.Buffer;

/// Element i of `limit` is to be the first synapse from `start[i]` up to `start[i + 1]` whose
/// target is not below `least`.
public record RowLimit(Buffer limit, Buffer start, Buffer target, int least) {}
