/* label: what documents call the columns of a result, in the reader's language. */
#ifndef KG_REPORT_LABEL_H
#define KG_REPORT_LABEL_H

#include "base/arena.h"
#include "base/message.h"
#include "table/table.h"

/* What the data's schema calls a column in that language; NULL = nothing. */
const char *kg_label_title(const struct kg_column *column, enum kg_language language, struct kg_arena *arena);

/* A column as an argument of a sentence (base/message.h): its title in each language as it stands within a sentence,
 * else its name. */
const char *kg_label_column(const struct kg_column *column, struct kg_arena *arena);

/* The same by its name, which need not be a column's ("log(rate)"). */
const char *kg_label_named(const struct kg_table *table, const char *name, struct kg_arena *arena);

/* The heading of a column that keng itself names; NULL for any other column. */
const char *kg_label_find(const char *column, enum kg_language language);

/* Where a cell stands. */
struct kg_label_place {
	const char *program; /* name of its table: the program that made it */
	const char *column;
	const struct kg_provenance *from; /* of its table, NULL = not known */
};

/* A cell of a tidy result as readers of other languages than English see it: "cagr" of the column `term`, "apc_1" by
 * its stem and number, "line 12", "2020-05-17" as 17/05/2020. Cells that name the user's columns, such as the terms of
 * regress, are their titles (in English, too), else stay as they are. What has
 * no label, and else all of English, comes back as it is; NULL when memory is out. */
const char *kg_label_cell(const struct kg_label_place *at, const char *cell, enum kg_language language,
			  struct kg_arena *arena);

/* The same for an argument of a sentence (base/message.h): in each language as its tables show it. */
const char *kg_label_argument(const char *program, const char *column, const char *cell, struct kg_arena *arena);

/* The same for a unit. */
const char *kg_label_unit(const char *unit, const struct kg_provenance *from, struct kg_arena *arena);

/* The note of a picture, "n = 48, byar": the number of observations and the method. */
const char *kg_label_note(const char *program, size_t n, const char *method, struct kg_arena *arena);

#endif
