/* safe: text of a user on its way into a script. Whatever it holds, it comes out literally in the figure. */
#ifndef KG_PLOTS_SAFE_H
#define KG_PLOTS_SAFE_H

#include "base/buffer.h"

/* Longest text of one label in bytes; longer ones are cut. */
#define KG_SAFE_MOST 1000

enum kg_dialect_of_text {
	KG_TEXT_PLAIN, /* the terminal writes it as it is */
	KG_TEXT_TEX    /* the terminal hands it to TeX: TeX's special characters are escaped */
};

/* A copy without control characters, line and direction marks and invalid UTF-8 (each becomes a blank or is dropped);
 * "" for NULL. NULL when memory is out. */
const char *kg_safe_text(const char *text, struct kg_arena *arena);

/* Appends the text as a gnuplot string expression. All but apostrophes stands in single quotes, where nothing has a
 * meaning; runs of apostrophes stand between, in double quotes, because gnuplot 5.4 misreads some doubled ones.
 * `markup` (may be "") is put before the text as it is. */
void kg_safe_quote(struct kg_buffer *script, const char *markup, const char *text, enum kg_dialect_of_text dialect);

/* Appends the text with & < > " escaped for XML. */
void kg_safe_xml(struct kg_buffer *xml, const char *text);

#endif
