"""What the EPUB and the HTML edition share: the text of a document as (X)HTML, and its style sheet as CSS."""
