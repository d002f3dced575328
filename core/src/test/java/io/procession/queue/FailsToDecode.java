package io.procession.queue;

/** An item that can be encoded and not decoded. */
record FailsToDecode(boolean decoded) {
    FailsToDecode {
        if (decoded) {
            throw new IllegalStateException("refuses to be decoded");
        }
    }

    FailsToDecode() {
        this(false);
    }

    @Override
    public boolean decoded() {
        return true;
    }
}
