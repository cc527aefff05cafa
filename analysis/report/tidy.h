/* tidy: the table every estimating program returns, one row per group and term:
 * <by columns> <own columns> term method estimate std_error conf_low conf_high conf_level statistic df p_value
 * bound_low bound_high n n_missing unit note.
 * Groups are worked on in parallel; rows come out in group order, the same bytes for any number of threads. */
#ifndef KG_REPORT_TIDY_H
#define KG_REPORT_TIDY_H

#include "base/term.h"
#include "table/group.h"

#define KG_OWN_MOST 12

/* A column that a program adds between the groups and `term`. */
struct kg_own {
	const char *name;
	enum kg_type type; /* KG_REAL, KG_INTEGER or KG_TEXT */
	const char *unit;
};

struct kg_cell {
	double real;	  /* KG_REAL, KG_INTEGER; NaN = missing */
	const char *text; /* KG_TEXT; NULL = missing */
};

struct kg_row {
	struct kg_term term;
	const char *method;
	double n, n_missing; /* term.n, where not NaN, wins over n */
	struct kg_cell own[KG_OWN_MOST];
};

/* Rows of one group while it is worked on. */
struct kg_rows;

/* Adds a copy of the row, texts included. */
void kg_rows_add(struct kg_rows *rows, const struct kg_row *row);

/* Work on one group: rows[start[group]] .. of the plan's groups. A group without rows has empty group cells (a total). `scratch` is rewound after each group. */
typedef enum kg_status kg_tidy_work(void *context, size_t group, struct kg_arena *scratch, struct kg_rows *rows,
				    struct kg_error *error);

struct kg_tidy_plan {
	const char *name;		/* of the resulting table */
	const struct kg_table *table;	/* what the groups index; its provenance is passed on */
	const struct kg_groups *groups;
	const struct kg_own *own;
	size_t nown;
	double conf_level;
	size_t threads;
	kg_tidy_work *work;
	void *context;
};

/* KG_ENOMEM, or the first error by group. */
enum kg_status kg_tidy_run(const struct kg_tidy_plan *plan, struct kg_arena *arena, const struct kg_table **table,
			   struct kg_error *error) KG_CHECKED;

#endif
