/** Programs that the chapters of the guide show; a test runs each. */
@NullMarked
package io.procession.examples.guide;

import org.jspecify.annotations.NullMarked;
