/* say: what figures say by themselves, in the reader's language. */
#ifndef KG_PLOTS_SAY_H
#define KG_PLOTS_SAY_H

#include "plots/canvas.h"

/* A whole literal sentence, translated, its arguments numbers and names (kg_message_format). In the canvas's arena;
 * "" when memory is out. `make messages` finds these literals. */
const char *kg_say(const struct kg_canvas *canvas, const char *english, ...) KG_PRINTF(2, 3);

/* How a column is called in a figure: its title, what keng calls it (columns of results), or its name with blanks for
 * underscores and a capital. */
const char *kg_say_column(const struct kg_canvas *canvas, const struct kg_column *column);

/* The words of a unit that stands behind the name of a column; NULL when there is none, or the name says the same. */
const char *kg_say_unit(const struct kg_canvas *canvas, const char *unit, const char *name);

/* A cell as a figure names it: ids of results, such as those of methods and terms, as words of the language. NULL when
 * memory is out. */
const char *kg_say_cell(const struct kg_picture *picture, const struct kg_column *column, size_t row,
			struct kg_arena *arena);

#endif
