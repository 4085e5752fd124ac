// Asks the veraPDF library whether PDF files keep the standards that they name.
//   java -cp JAR:CLASSES Verify 2a,ua1 FILE...
// Prints, for each file and standard, one line: the file, a TAB, the standard, a TAB, "pass" or the failed rules.
// The jar's own profile directory needs a JAXB that the jar does not hold, so the profiles are read here with DOM.

import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public final class Verify {
    private static final String PROFILES = "org/verapdf/pdfa/validation/";

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String standard : arguments[0].split(",")) {
            ValidationProfile profile = profile(fileOf(standard));
            for (int index = 1; index < arguments.length; index++) {
                System.out.println(arguments[index] + "\t" + standard + "\t" + verdict(profile, arguments[index]));
            }
        }
    }

    private static String fileOf(String standard) {
        switch (standard) {
            case "ua1": return "PDFUA-1.xml";
            // With the rules of ISO 32005 about which structure type may stand in which.
            case "ua2": return "PDFUA-2-ISO32005.xml";
            default: return "PDFA-" + standard.toUpperCase() + ".xml";
        }
    }

    private static String verdict(ValidationProfile profile, String path) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), profile.getPDFAFlavour())) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false);
            ValidationResult result = validator.validate(parser);
            if (result.isCompliant()) {
                return "pass";
            }
            Set<String> failed = new TreeSet<>();
            for (RuleId rule : result.getFailedChecks().keySet()) {
                failed.add(rule.getClause() + "/" + rule.getTestNumber() + " x" + result.getFailedChecks().get(rule));
            }
            return String.join(", ", failed);
        } catch (Throwable trouble) {
            return "error: " + trouble;
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        Element root;
        try (InputStream stream = PDFAFlavour.class.getClassLoader().getResourceAsStream(PROFILES + name)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : children(root, "rule")) {
            Element id = children(rule, "id").get(0);
            RuleId number = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"),
                Integer.parseInt(id.getAttribute("testNumber")));
            List<ErrorArgument> values = new ArrayList<>();
            for (Element argument : children(rule, "argument")) {
                String label = argument.getAttribute("name");
                values.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), label.isEmpty() ? null : label, null));
            }
            Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
            rules.add(Profiles.ruleFromValues(
                number,
                rule.getAttribute("object"),
                deferred,
                rule.hasAttribute("tags") ? rule.getAttribute("tags") : null,
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), values),
                Collections.emptyList()));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : children(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                variable.getAttribute("name"), variable.getAttribute("object"),
                text(variable, "defaultValue"), text(variable, "value")));
        }
        return Profiles.profileFromValues(
            PDFAFlavour.valueOf(root.getAttribute("flavour")),
            Profiles.profileDetailsFromValues(text(root, "name"), text(root, "description"), "", new Date(0)),
            "", rules, variables);
    }

    private static List<Element> children(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }

    private static String text(Element parent, String tag) {
        List<Element> found = children(parent, tag);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
