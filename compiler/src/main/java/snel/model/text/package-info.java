/// Lives here: elaborated networks as text.
///
/// May import: model, math.
@NullMarked
package snel.model.text;

import org.jspecify.annotations.NullMarked;
