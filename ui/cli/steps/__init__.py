"""`presswatch try`: single steps of the pipeline on files or stdin, by its own functions, JSON lines out."""
