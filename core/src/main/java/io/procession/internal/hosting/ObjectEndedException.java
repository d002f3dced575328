package io.procession.internal.hosting;

/** A hosted object was used or waited for, and has ended. Translated by the package that gave the object its face. */
public final class ObjectEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Ending ending;

    /**
     * Creates it.
     *
     * @param ending why the object has ended
     */
    public ObjectEndedException(Ending ending) {
        super(ending.text());
        this.ending = ending;
    }

    /**
     * Why.
     *
     * @return the ending
     */
    public Ending ending() {
        return ending;
    }
}
