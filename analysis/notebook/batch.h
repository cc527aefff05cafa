/* batch: one notebook for each row of a table, made from a template whose parameters are columns of the table. */
#ifndef KG_NOTEBOOK_BATCH_H
#define KG_NOTEBOOK_BATCH_H

#include "base/buffer.h"
#include "base/text.h"
#include "notebook/book.h"
#include "notebook/index.h"
#include "table/table.h"

struct kg_gnuplot;

struct kg_batch {
	const struct kg_book *template;
	const struct kg_table *table;
	const char *folder;	  /* each row's notebook goes to folder/<slug>/ */
	const char *const *slug;  /* by row */
	const char *const *cause; /* by row: why its cell names no folder, NULL = it does */
	bool pages;		  /* with an HTML page beside each notebook */
};

struct kg_batch_row {
	const char *status;  /* "ok", "fresh" (nothing to do) or "failed" */
	const char *cause;   /* of a failure, else "" */
	const char *csv;     /* rows of results.csv without header */
	struct kg_card card; /* of the page; file NULL = none was made */
};

/* Slugs of the rows of the batch's table: the column named (NULL = `slug`, else the first); a cause where a cell is
 * empty or a row above has its slug. KG_EUSAGE: no such column. */
enum kg_status kg_batch_slugs(struct kg_batch *batch, const char *named, struct kg_arena *arena,
			      struct kg_error *error) KG_CHECKED;

/* Makes and runs one row's notebook; what is up to date is left alone. A failure is told in `result`; only memory and
 * files that cannot be written are errors. `gnuplot` draws its figures, and those of the next row. */
enum kg_status kg_batch_row(const struct kg_batch *batch, size_t row, struct kg_gnuplot *gnuplot,
			    struct kg_arena *arena, struct kg_batch_row *result, struct kg_error *error) KG_CHECKED;

/* Appends the estimates of all blocks of a notebook: slug,block,group,term,... KG_EDATA: a block fails. */
enum kg_status kg_batch_results(const char *path, const char *slug, struct kg_arena *arena, struct kg_buffer *out,
				struct kg_error *error) KG_CHECKED;

/* Header of those rows, with its line end. */
extern const char kg_batch_header[];

#endif
