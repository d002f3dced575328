/** Six things people come for, each a main class of one page: what threads cannot give, and work that fills every core. */
@NullMarked
package io.procession.examples.lessons;

import org.jspecify.annotations.NullMarked;
