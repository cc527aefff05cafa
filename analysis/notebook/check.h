/* check: tells whether a notebook is up to date, without running it, or by running it in memory. */
#ifndef KG_NOTEBOOK_CHECK_H
#define KG_NOTEBOOK_CHECK_H

#include "base/buffer.h"
#include "notebook/book.h"

struct kg_check_tally {
	size_t blocks, values, problems;
	size_t edited, failing; /* of the problems: edits by hand, claims that do not hold */
};

/* Appends one line a problem: `file:line: block '#id': cause`. Runs nothing. */
enum kg_status kg_check_book(const char *path, struct kg_arena *arena, struct kg_buffer *report,
			     struct kg_check_tally *tally, struct kg_error *error) KG_CHECKED;

/* Runs every block in memory and appends each line, value and figure that comes out differently: line, old, new. */
enum kg_status kg_check_rerun(const char *path, struct kg_arena *arena, struct kg_buffer *report,
			      struct kg_check_tally *tally, struct kg_error *error) KG_CHECKED;

#endif
