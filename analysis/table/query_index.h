/* query_index: rows of a column by value, so that a join looks up instead of scanning. Lives in its arena. */
#ifndef KG_TABLE_QUERY_INDEX_H
#define KG_TABLE_QUERY_INDEX_H

#include "table/table.h"

struct kg_index;

/* Sorts the rows whose cell is not missing. Cost: n log n, for text n + levels log levels. NULL when memory is out. */
struct kg_index *kg_index_make(const struct kg_column *column, size_t nrow, struct kg_arena *arena);

/* Rows with that value, in table order; the number of them. */
size_t kg_index_text(const struct kg_index *index, const char *value, const uint32_t **row);
size_t kg_index_real(const struct kg_index *index, double value, const uint32_t **row);

#endif
