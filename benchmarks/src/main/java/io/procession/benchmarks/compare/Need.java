package io.procession.benchmarks.compare;

import java.util.List;

/** What somebody may want of a transport, and the figures that tell. */
enum Need {
    SMALL("many small messages, many short tasks", Figure.SMALL, Figure.TASKS),
    ANSWERS("one question and its answer at a time", Figure.ANSWER, Figure.TASK),
    LARGE("large values: pictures, arrays, documents", Figure.LARGE, Figure.ARRAYS),
    CPU("little CPU for each message", Figure.SMALL_CPU, Figure.ANSWER_CPU),
    PROCESSES("many processes, or processes that live briefly", Figure.START, Figure.MEMORY);

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // by List.of
    private final List<Figure> figures;

    Need(String text, Figure... figures) {
        this.text = text;
        this.figures = List.of(figures);
    }

    String text() {
        return text;
    }

    List<Figure> figures() {
        return figures;
    }
}
