/* display: a result made ready for readers, the same for every format they read: cells as texts, columns that are empty
 * throughout left out, what holds for every row said once, and the sentences that belong to the table.
 * Everything lives in the arena it was made in. */
#ifndef KG_REPORT_DISPLAY_H
#define KG_REPORT_DISPLAY_H

#include "report/write.h"

struct kg_display_column {
	const char *name;	 /* as in the table */
	const char *heading;	 /* for documents */
	bool number;		 /* right-aligned on the decimal character */
	const char *const *cell; /* nrow texts, "" when missing */
};

struct kg_display {
	size_t nrow, ncol;
	const struct kg_display_column *column;
	const char *title;	  /* NULL = none */
	const char *same;	  /* "method: byar · unit: per 1,000", NULL = nothing is the same */
	const char *synthetic;	  /* "Synthetic data", NULL = real data only */
	const char *const *below; /* sentences: remarks, meaning of the notes, source */
	size_t nbelow;
	size_t nkey; /* leading columns that name a row */
};

/* KG_ENOMEM only. */
enum kg_status kg_display_make(const struct kg_result *result, const struct kg_style *style, struct kg_arena *arena,
			       struct kg_display *display, struct kg_error *error) KG_CHECKED;

/* One cell as a reader sees it. `grouped`: thousands may be grouped. NULL when memory is out. */
const char *kg_display_cell(const struct kg_column *column, size_t row, const struct kg_style *style, bool grouped,
			    struct kg_arena *arena);

/* Whole numbers that are names, not amounts, so that thousands are not grouped: years, codes and whatever names a row
 * of a tidy table. `column` is one of the table's. */
bool kg_display_is_name(const struct kg_table *table, const struct kg_column *column);

/* Columns a cell takes from its decimal character to its end; 0 = it has none. */
size_t kg_display_fraction(const char *cell, enum kg_language language);

#endif
