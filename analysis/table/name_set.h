/* name_set: distinct names of places, numbered, and found again in any spelling (base/name.h). The one way in which
 * tables are joined by name: crosswalks, neighbours, strata, shapes, references. Lives in the arena it was made in. */
#ifndef KG_TABLE_NAME_SET_H
#define KG_TABLE_NAME_SET_H

#include "table/table.h"

struct kg_name_set;

#define KG_NO_NAME SIZE_MAX
#define KG_NAMES_NEAR 3

/* An empty set. NULL when memory is out. */
struct kg_name_set *kg_name_set_new(struct kg_arena *arena);

/* Number of the name, from 0 in order of first appearance; a new one is added (borrowed). When memory is out
 * KG_NO_NAME, which the arena remembers. */
size_t kg_name_set_add(struct kg_name_set *set, const char *name);

/* Number of the name, KG_NO_NAME when it is not there. */
size_t kg_name_set_find(struct kg_name_set *set, const char *name);

size_t kg_name_set_count(const struct kg_name_set *set);

/* The name of a number, as it was spelt first. */
const char *kg_name_set_name(const struct kg_name_set *set, size_t number);

/* Numbers of the names in a column, one per row, KG_NO_NAME where the cell is missing or, without `add`, the name is
 * not there. `respelt` (NULL = not asked): rows whose name was found in another spelling. NULL when memory is out. */
const size_t *kg_name_set_column(struct kg_name_set *set, const struct kg_column *column, size_t nrow, bool add,
				 size_t *respelt);

/* Up to KG_NAMES_NEAR names near to one that is not there, nearest first, as "'Tân Thành', 'Tân Thanh'" for a question
 * to people: they are never joined. NULL when there is none. */
const char *kg_name_set_near(struct kg_name_set *set, const char *name);

/* The key of the name in a cell (base/name.h). NULL when memory is out. */
const char *kg_name_cell(const struct kg_column *column, size_t row, struct kg_arena *arena);

#endif
