/* reconcile: rows of children and of parents joined by their keys, for the program of that name. */
#ifndef KG_RECONCILE_H
#define KG_RECONCILE_H

#include "program.h"
#include "stats/reconcile.h"
#include "table/group.h"

struct kg_reconcile_options {
	struct kg_names value;
	struct kg_further parents;
	const char *parent_by, *parent_value;
	double tolerance;
	bool matched_only;
};

#define KG_NO_ROW UINT32_MAX

/* Keys of both sides: those of the parents in the order of their rows, then those of children alone. */
struct kg_reconcile_keys {
	size_t count, nparent;	 /* key k < nparent is row k of the parents */
	const size_t *of_child;	 /* key of each row of the children */
	const uint32_t *child;	 /* first row of the children with the key; KG_NO_ROW: none */
	size_t respelt;		 /* rows of the children whose key the parents spell otherwise */
	struct kg_groups groups; /* one per key, with its cells */
	const struct kg_table *table;
	const struct kg_column *const *child_by, *const *parent_by;
};

struct kg_reconcile_run {
	const struct kg_reconcile_options *options;
	struct kg_context *context;
	const struct kg_table *children, *parents;
	const struct kg_column **value, **reported; /* options->value.count of each */
	struct kg_reconcile_keys keys;
	struct kg_addends *const *sum; /* [value][key] */
};

/* KG_EUSAGE: no such columns. KG_EDATA: a key is missing among the parents, or stands twice; names file and line. */
enum kg_status kg_reconcile_join(struct kg_reconcile_run *run, struct kg_error *error) KG_CHECKED;

/* A figure with its range as one addend; nothing where the column has no such row. */
void kg_reconcile_add(struct kg_addends *sum, const struct kg_column *column, size_t row);

/* Says how many agree, the largest break and what stands on one side; sets `problems`. */
void kg_reconcile_remark(const struct kg_reconcile_run *run, struct kg_result *result);

#endif
