/* typeface: how wide a text is in Noto Sans, so that margins and labels are placed without asking a font system:
 * figures have the same bytes whatever fonts are installed. */
#ifndef KG_PLOTS_TYPEFACE_H
#define KG_PLOTS_TYPEFACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum kg_weight { KG_REGULAR, KG_BOLD };

/* A size and weight of type; `fixed_advance` > 0: every character is that wide (terminals). Units: pixels of 1/96 inch.
 */
struct kg_typeface {
	double size, fixed_advance;
	enum kg_weight weight;
};

/* The text with U+FFFD for each character that the fonts of the package fonts-noto-core lack, such as emoji. Pictures
 * drawn with pango need it: gnuplot sizes pango's box for a missing character by the figure, which it then fills. NULL
 * when memory is out. */
const char *kg_typeface_shown(const char *text, struct kg_arena *arena);

/* Width of a valid UTF-8 text in pixels. */
double kg_typeface_width(const struct kg_typeface *face, const char *text);

/* Breaks `text` at blanks into lines no wider than `width`; at most `most` lines, the last one cut with an ellipsis
 * when more would be needed. Returns the number of lines; `*line` NULL when memory is out. */
size_t kg_typeface_wrap(const struct kg_typeface *face, const char *text, double width, size_t most,
			struct kg_arena *arena, const char *const **line);

/* The text, or its beginning with an ellipsis when it is wider than `width`. NULL when memory is out. */
const char *kg_typeface_cut(const struct kg_typeface *face, const char *text, double width, struct kg_arena *arena);

#endif
