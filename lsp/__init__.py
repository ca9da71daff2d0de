"""The language server: the editor's protocol over what `dtl.ide` knows, and nothing else.

The protocol is spoken in plain JSON data, without a library of its classes: importing those alone takes longer than
the first diagnostics of a program may take.
"""
