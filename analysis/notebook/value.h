/* value: one number of a block's result, by address: `block[column=cell,column=cell].column *100 %.1f`.
 * `block.nrow` is the number of rows. Exactly one row must match. Formats: %f %e %g %d with flags + and ' (grouped
 * thousands) and a precision, %s, and %p for p-values; "%%" at the end prints a percent sign. */
#ifndef KG_NOTEBOOK_VALUE_H
#define KG_NOTEBOOK_VALUE_H

#include "report/write.h"

struct kg_value_match {
	const char *column, *cell;
};

struct kg_value {
	const char *block; /* "params" for a parameter */
	const struct kg_value_match *match;
	size_t nmatch;
	const char *column;
	double times;	    /* 1 when no factor is written */
	const char *format; /* "" = as in a table */
};

/* KG_EDATA: not an address; says what was expected. */
enum kg_status kg_value_parse(const char *asked, struct kg_arena *arena, struct kg_value *value,
			      struct kg_error *error) KG_CHECKED;

/* The cell that is meant. KG_EDATA: no such column, not exactly one row. `*column` NULL for `nrow`. */
enum kg_status kg_value_find(const struct kg_value *value, const struct kg_table *table, struct kg_arena *arena,
			     const struct kg_column **column, size_t *row, struct kg_error *error) KG_CHECKED;

/* Its text. KG_EDATA as above, and for a missing cell or a format that does not fit. */
enum kg_status kg_value_text(const struct kg_value *value, const struct kg_table *table, const struct kg_style *style,
			     struct kg_arena *arena, const char **text, struct kg_error *error) KG_CHECKED;

/* Its text for a command: the cell as it is in CSV, or in the format written, with a point in any language. */
enum kg_status kg_value_machine(const struct kg_value *value, const struct kg_table *table, struct kg_arena *arena,
				const char **text, struct kg_error *error) KG_CHECKED;

/* A number in a value's format. KG_EDATA: the format is not understood. */
enum kg_status kg_value_print(const char *format, double number, const struct kg_style *style, struct kg_buffer *out,
			      struct kg_error *error) KG_CHECKED;

#endif
