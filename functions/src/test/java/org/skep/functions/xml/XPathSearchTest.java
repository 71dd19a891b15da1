package org.skep.functions.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.xpath.XPathConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.base.error.SkepException;

class XPathSearchTest {
    @TempDir private Path directory;
    private final XPathSearch search = new XPathSearch();

    private Object text(String xml, String path) {
        return search.find(xml, path, XPathConstants.STRING);
    }

    @Test
    void findsTexts() {
        assertThat(text("<a><b>1</b><b>2</b></a>", "a/b[2]")).isEqualTo("2");
        assertThat(text("<a c='d'/>", "a/@c")).isEqualTo("d");
        assertThat(text("<a/>", "a/b")).isEqualTo("");
        assertThat(text("", "a")).isNull();
        assertThat(text("<a/>", "")).isNull();
    }

    @Test
    void refusesWhatIsNotXmlOrXPath() {
        assertThatThrownBy(() -> text("<a><b></a>", "a"))
                .isInstanceOf(SkepException.class)
                .hasMessageStartingWith("Text is not XML: ");
        assertThatThrownBy(() -> text("<a/>", "a["))
                .isInstanceOf(SkepException.class)
                .hasMessage("Not an XPath expression for this use: a[");
        assertThatThrownBy(() -> search.find("<a/>", "1 + 1", XPathConstants.NODESET))
                .isInstanceOf(SkepException.class)
                .hasMessage("Not an XPath expression for this use: 1 + 1");
    }

    @Test
    void readsNothingOutsideTheText() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "hidden");
        String entity = "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><a>&e;</a>";
        assertThat(text(entity, "a")).isEqualTo("");
        String external = "<!DOCTYPE a SYSTEM \"" + secret.toUri() + "\"><a>x</a>";
        assertThatThrownBy(() -> text(external, "a")).isInstanceOf(SkepException.class);
    }
}
