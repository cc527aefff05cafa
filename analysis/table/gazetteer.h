/* gazetteer: the places of a table, numbered by the distinct names in its id column (table/name_set.h), and found again
 * by name. Everything lives in the arena passed in. */
#ifndef KG_TABLE_GAZETTEER_H
#define KG_TABLE_GAZETTEER_H

#include "table/name_set.h"

#define KG_NO_PLACE UINT32_MAX

struct kg_gazetteer {
	const struct kg_table *data;
	const char *id;
	struct kg_name_set *names; /* of the places, in order of first appearance */
	size_t nplace;
	const uint32_t *first; /* first row of each place */
	const uint32_t *place; /* number of the place of each row of the data */
};

/* KG_EUSAGE: no such id column. KG_EDATA: a row without a name; says the line. */
enum kg_status kg_gazetteer_make(const struct kg_table *data, const char *id, struct kg_arena *arena,
				 struct kg_gazetteer *gazetteer, struct kg_error *error) KG_CHECKED;

/* The number of a name; KG_NO_PLACE when the data have no such place. */
uint32_t kg_gazetteer_find(const struct kg_gazetteer *gazetteer, const char *name);

#endif
