package io.procession.transport.socket;

import io.procession.tck.process.ProcessContract;

class SocketProcessTest extends ProcessContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
