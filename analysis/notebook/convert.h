/* convert: a page as PDF through Chromium, as a Word document through pandoc, where they are installed. */
#ifndef KG_NOTEBOOK_CONVERT_H
#define KG_NOTEBOOK_CONVERT_H

#include "base/arena.h"
#include "base/error.h"

/* Makes `target` (its file is old or new) from a page (HTML text). `kind`: "pdf" or "docx".
 * KG_EIO: the program is not installed, failed, or took longer than two minutes. */
enum kg_status kg_convert_page(const char *html, const char *kind, const char *target, struct kg_arena *arena,
			       struct kg_error *error) KG_CHECKED;

#endif
