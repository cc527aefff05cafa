/* run: brings a notebook up to date in place. */
#ifndef KG_NOTEBOOK_RUN_H
#define KG_NOTEBOOK_RUN_H

#include "base/text.h"
#include "notebook/book.h"

struct kg_gnuplot;

struct kg_run_plan {
	const struct kg_names *param; /* `name=value` to put into the front matter */
	bool force;		      /* runs over what was edited by hand */
	bool all;		      /* runs fresh blocks too */
	size_t jobs;		      /* blocks that are worked on at the same time; 0 = all cores */
	struct kg_gnuplot *gnuplot;   /* draws all figures, for jobs = 1; NULL = the run has its own */
};

struct kg_run_tally {
	size_t blocks, run, values, failed; /* failed: claims that were tested and do not hold */
	bool changed;			    /* the notebook's text */
};

/* Runs stale blocks, rewrites their results and the values that ask them. Files first, the notebook last; when anything
 * fails nothing has been written. KG_EDATA with file and line. */
enum kg_status kg_run_book(const char *path, const struct kg_run_plan *plan, struct kg_arena *arena,
			   struct kg_run_tally *tally, struct kg_error *error) KG_CHECKED;

#endif
