/* builder: makes a table cell by cell, row after row. For results and small tables; the CSV reader has its own way.
 * Lives in its arena; a failed allocation is remembered and reported by finish. */
#ifndef KG_TABLE_BUILDER_H
#define KG_TABLE_BUILDER_H

#include "table/table.h"

struct kg_builder;

/* NULL when memory is out. */
struct kg_builder *kg_builder_new(const char *name, struct kg_arena *arena);

/* Adds a column; returns its position. All columns come before the first row. Texts are borrowed. */
size_t kg_builder_column(struct kg_builder *builder, const char *name, enum kg_type type, const char *unit);

/* The same, called as a column of another table: with its name, type, unit and title. */
size_t kg_builder_like(struct kg_builder *builder, const struct kg_column *column);

/* Makes room for so many rows at once, after the columns and before the first row: saves copies where the number is
 * known. */
void kg_builder_reserve(struct kg_builder *builder, size_t nrow);

/* The cells of a column of numbers for all reserved rows, to be filled in any order, by several threads; NaN leaves a
 * cell missing. After kg_builder_reserve; rows are started all the same. NULL when memory is out. */
double *kg_builder_numbers(struct kg_builder *builder, size_t column);

/* Starts a row with all cells missing. */
void kg_builder_row(struct kg_builder *builder);

/* Fills cells of the current row. NaN or NULL leave the cell missing; infinities are kept. */
void kg_builder_real(struct kg_builder *builder, size_t column, double value);
void kg_builder_text(struct kg_builder *builder, size_t column, const char *value);

/* A stated value that is a bound: `low` to `high`, infinite where open. */
void kg_builder_bounds(struct kg_builder *builder, size_t column, double value, double low, double high);

/* Copies a cell of another table's column of the same type. */
void kg_builder_copy(struct kg_builder *builder, size_t column, const struct kg_column *from, size_t row);

/* The table; the builder must not be used after. `from` NULL = kg_provenance_none. KG_ENOMEM. */
enum kg_status kg_builder_finish(struct kg_builder *builder, const struct kg_provenance *from,
				 const struct kg_table **table, struct kg_error *error) KG_CHECKED;

#endif
