/** The demo, and the smoke part of the suites, in small rooms: in a container, and, where no engine for those answers, in what Linux offers without one. */
@NullMarked
package io.procession.examples.container;

import org.jspecify.annotations.NullMarked;
