/* medium: the kinds of file a figure can be, by ending. */
#ifndef KG_PLOTS_MEDIUM_H
#define KG_PLOTS_MEDIUM_H

#include "base/buffer.h"

enum kg_medium_id { KG_SVG, KG_PDF, KG_PNG, KG_EPS, KG_TEX, KG_TXT };

struct kg_medium {
	enum kg_medium_id id;
	const char *ending;   /* ".svg" */
	const char *end_mark; /* what a complete file ends with */
};

/* By the ending of a path. KG_EUSAGE: none of them; lists them. */
enum kg_status kg_medium_find(const char *path, const struct kg_medium **medium, struct kg_error *error) KG_CHECKED;

/* Appends `set terminal ...` for a figure of width x height pixels of 1/96 inch. Font sizes, line widths and point
 * sizes of the script are in the same pixels in every medium. */
void kg_medium_terminal(const struct kg_medium *medium, double width, double height, struct kg_buffer *script);

/* Size of a character cell of text figures, in pixels. */
#define KG_CELL_WIDTH 7.0
#define KG_CELL_HEIGHT 16.0

#endif
