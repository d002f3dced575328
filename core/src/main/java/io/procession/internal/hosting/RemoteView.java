package io.procession.internal.hosting;

/** What a process makes of a {@link RemoteObject}: one for each object and process. */
public interface RemoteView {
    /**
     * The object has ended for this process. Called once, on a thread of the transport or of whoever closed; must not block. Every call under way is
     * forgotten: its answer will not come.
     *
     * @param ending why
     */
    void onEnded(Ending ending);
}
