/* sort: a table in the order of some of its columns. */
#ifndef KG_TABLE_SORT_H
#define KG_TABLE_SORT_H

#include "base/message.h"
#include "table/table.h"

/* The table with its rows sorted by `keys`: column names separated by commas, "-name" for falling order. Numbers by
 * value, texts in the language's alphabetical order, missing cells last; rows that are equal stay in their order.
 * KG_EUSAGE: no such column. */
enum kg_status kg_table_sort(const struct kg_table *table, const char *keys, enum kg_language language,
			     struct kg_arena *arena, const struct kg_table **sorted, struct kg_error *error) KG_CHECKED;

#endif
