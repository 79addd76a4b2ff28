"""The small web server: the pages that digests link to, and feeds."""
