/* csv_plan: what is wanted of a file, worked out from the request, the schema and the header. */
#ifndef KG_TABLE_CSV_PLAN_H
#define KG_TABLE_CSV_PLAN_H

#include "base/text.h"
#include "table/csv_cell.h"
#include "table/csv_chunk.h"
#include "table/source.h"

/* Arrays have one element for each wanted column. Everything lives in the arena. */
struct kg_csv_plan {
	struct kg_csv_shape shape;
	const char *const *name;
	const struct kg_cell_rule *rule;
	const struct kg_field *const *field; /* NULL = not in the schema */
	const uint32_t *qualifier;	     /* wanted column that says which values are bounds; UINT32_MAX = none */
	size_t nshown;			     /* wanted columns that were asked for; later ones only qualify them */
	enum kg_fold_how how;		     /* KG_FOLD_NONE = rows are kept */
	const uint32_t *key, *value;	     /* wanted columns of a fold */
	size_t nkey, nvalue;
};

/* KG_EUSAGE: a needed column does not exist; characters that contradict each other. */
enum kg_status kg_csv_plan_make(const struct kg_source *source, const struct kg_read *read,
				const struct kg_names *header, struct kg_arena *arena, struct kg_csv_plan *plan,
				struct kg_error *error) KG_CHECKED;

/* The delimiter: the dialect's, else the schema's, else a comma. */
char kg_csv_delimiter(const struct kg_source *source, const struct kg_dialect *dialect);

#endif
