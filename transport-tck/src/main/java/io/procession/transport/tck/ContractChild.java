package io.procession.transport.tck;

import io.procession.transport.Transport;
import io.procession.transport.TransportSite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The main class of the children: reads commands from stdin until it ends, answers each with one line on stdout. */
final class ContractChild {
    private ContractChild() {}

    /**
     * Runs the child.
     *
     * @param arguments class of the transport, private directory, name of the site
     */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        Transport transport = Class.forName(arguments[0])
                .asSubclass(Transport.class)
                .getConstructor()
                .newInstance();
        ChildCommands commands = new ChildCommands(transport, new TransportSite(Path.of(arguments[1]), arguments[2]));
        PrintStream answers = System.out;
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            answers.println(answer(commands, line));
            answers.flush();
        }
        commands.close();
    }

    @SuppressWarnings(
            "CatchAndPrintStackTrace") // stderr is the parent's, and what went wrong here explains its failure
    private static String answer(ChildCommands commands, String line) {
        try {
            String[] words = line.split(" ", -1);
            return commands.run(words);
        } catch (Exception | AssertionError failure) {
            failure.printStackTrace();
            return "failed " + failure.toString().replace('\n', ' ');
        }
    }
}
