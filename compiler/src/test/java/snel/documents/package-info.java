/// Lives here: tests that the programs in documents and in the library are read without a doubt.
@NullMarked
package snel.documents;

import org.jspecify.annotations.NullMarked;
