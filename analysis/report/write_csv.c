/* CSV for machines (RFC 4180, lines end in LF): every number reads back as the same double, a missing cell is empty. */
#include "report/write.h"

#include <string.h>

#include "base/number.h"

static void add_text(struct kg_buffer *out, const char *text)
{
	size_t plain = strcspn(text, ",\"\r\n");

	if (!text[plain] && *text != ' ' && *text != '#') {
		kg_buffer_add_n(out, text, plain);
		return;
	}
	kg_buffer_add_char(out, '"');
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		kg_buffer_add_n(out, text, (size_t)(quote - text));
		kg_buffer_add(out, "\"\"");
	}
	kg_buffer_add(out, text);
	kg_buffer_add_char(out, '"');
}

/* A bound as the reader takes it: "≥30000", "<5"; a figure within two ends is written alone. */
static void add_bound(struct kg_buffer *out, const struct kg_column *column, size_t row)
{
	double value = column->real[row], low = column->low[row], high = column->high[row];

	if (isinf(high) && value == low)
		kg_buffer_add(out, "≥");
	else if (low != high && (low == 0 || isinf(low)))
		kg_buffer_add(out, high < value ? "<" : high == value ? "≤" : "");
	kg_number_exact(out, value);
}

static void add_cell(struct kg_buffer *out, const struct kg_column *column, size_t row, struct kg_arena *scratch)
{
	bool number = column->type != KG_TEXT && column->type != KG_DATE;
	const char *text;

	if (kg_column_missing(column, row))
		return;
	if (number && column->low)
		add_bound(out, column, row);
	else if (number)
		kg_number_exact(out, column->real[row]);
	if (number)
		return;
	text = column->type == KG_TEXT ? kg_column_text(column, row) : kg_column_cell(column, row, scratch);
	if (text)
		add_text(out, text);
	else
		out->failed = true;
}

static enum kg_status write_csv(const struct kg_result *result, const struct kg_style *style, struct kg_arena *scratch,
				struct kg_buffer *out, struct kg_error *error)
{
	const struct kg_table *table = result->table;

	(void)style;
	for (size_t j = 0; j < table->ncol; j++) {
		if (j)
			kg_buffer_add_char(out, ',');
		add_text(out, table->column[j].name);
	}
	kg_buffer_add_char(out, '\n');
	for (size_t i = 0; i < table->nrow; i++) {
		size_t start = out->length;

		for (size_t j = 0; j < table->ncol; j++) {
			if (j)
				kg_buffer_add_char(out, ',');
			add_cell(out, &table->column[j], i, scratch);
		}
		if (out->length == start)
			kg_buffer_add(out, "\"\""); /* an empty line would be no row */
		kg_buffer_add_char(out, '\n');
	}
	return kg_buffer_check(out, error);
}

const struct kg_format kg_format_csv = { "csv", "comma-separated values, full precision", write_csv };
