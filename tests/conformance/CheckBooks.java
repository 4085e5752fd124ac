// Asks EPUBCheck about many books in one process.
//   java -cp JAR:CLASSES CheckBooks BOOK...
// Prints one line a message, usage notes included: the book, a TAB, severity and rule, a TAB, the message.

import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;

public final class CheckBooks {
    private static final class Lines extends MasterReport {
        private final String book;

        Lines(String book) {
            super(false);
            this.book = book;
            setEpubFileName(book);
            setReportingLevel(ReportingLevel.Usage);
        }

        @Override
        public void message(Message message, EPUBLocation place, Object... arguments) {
            String text = message.getMessage(arguments).replaceAll("\\s+", " ");
            System.out.println(book + "\t" + message.getSeverity() + " " + message.getID() + "\t" + text + " (" + place.getPath() + ")");
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {}

        @Override
        public int generate() {
            return 0;
        }

        @Override
        public void initialize() {}
    }

    public static void main(String[] books) {
        for (String book : books) {
            new EpubCheck(new File(book), new Lines(book)).doValidate();
        }
    }
}
