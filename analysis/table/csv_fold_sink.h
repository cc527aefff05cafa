/* csv_fold_sink: what a fold holds while it reads; private to csv_fold*.c. */
#ifndef KG_TABLE_CSV_FOLD_SINK_H
#define KG_TABLE_CSV_FOLD_SINK_H

#include "table/csv_fold.h"
#include "table/csv_fold_groups.h"

struct kg_fold_sink {
	const struct kg_csv_plan *plan;
	size_t slots, nparts, nrow;
	struct kg_fold_rows *rows;   /* one for each slot */
	struct kg_fold_groups *part; /* one for each part */
	/* Of each value column: there is a number, some number is no integer, some number is a bound; cells without one. */
	bool *valued, *fractional, *bounded;
	struct kg_absent *absent;
};

/* A group of one of the parts. */
struct kg_fold_member {
	struct kg_fold_groups *part;
	size_t group;
};

/* The folded values of groups, a column for each. KG_ENOMEM. */
enum kg_status kg_fold_values(const struct kg_fold_sink *sink, const struct kg_fold_member *member, size_t count,
			      struct kg_arena *arena, struct kg_column *column, struct kg_error *error) KG_CHECKED;

#endif
