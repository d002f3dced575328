package io.procession.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class BomTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void listsEveryPublishedModuleAndNothingElse() throws Exception {
        List<String> published = new ArrayList<>();
        for (String module : values(pom(""), "/project/modules/module")) {
            Document pom = pom(module);
            if (!module.equals("bom")
                    && values(pom, "/project/properties/maven.deploy.skip").isEmpty()) {
                published.addAll(values(pom, "/project/artifactId"));
            }
        }

        assertThat(values(pom("bom"), "/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void bringsNothingIntoTheBuildOfAUser() throws Exception {
        Document bom = pom("bom");

        assertThat(values(bom, "/project/parent")).isEmpty();
        assertThat(values(bom, "/project/dependencies")).isEmpty();
        assertThat(values(bom, "/project/dependencyManagement/dependencies/dependency/groupId"))
                .containsOnly("io.procession");
        assertThat(values(bom, "/project/dependencyManagement/dependencies/dependency/version"))
                .containsOnly("${project.version}");
    }

    @Test
    void hasTheVersionOfTheParent() throws Exception {
        assertThat(values(pom("bom"), "/project/version")).isEqualTo(values(pom(""), "/project/version"));
    }

    private static Document pom(String module) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(module).resolve("pom.xml").toFile());
    }

    private static List<String> values(Document pom, String path) throws Exception {
        NodeList nodes = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            values.add(nodes.item(i).getTextContent().strip());
        }
        return values;
    }
}
