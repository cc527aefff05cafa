/* JSON for machines: what the table is, then one object per row; full precision, a missing cell is null. */
#include "report/write.h"

#include <string.h>

#include "base/number.h"
#include "base/version.h"

static void add_string(struct kg_buffer *out, const char *text)
{
	if (!text) {
		kg_buffer_add(out, "null");
		return;
	}
	kg_buffer_add_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			kg_buffer_printf(out, "\\%c", *text);
		else if ((unsigned char)*text < 0x20)
			kg_buffer_printf(out, "\\u%04x", (unsigned)*text);
		else
			kg_buffer_add_char(out, *text);
	}
	kg_buffer_add_char(out, '"');
}

static void add_cell(struct kg_buffer *out, const struct kg_column *column, size_t row, struct kg_arena *scratch)
{
	if (kg_column_missing(column, row)) {
		kg_buffer_add(out, "null");
	} else if (column->type == KG_TEXT) {
		add_string(out, kg_column_text(column, row));
	} else if (column->type == KG_DATE) {
		add_string(out, kg_column_cell(column, row, scratch));
	} else if (column->type == KG_BOOLEAN) {
		kg_buffer_add(out, column->real[row] != 0 ? "true" : "false");
	} else if (!isfinite(column->real[row])) {
		kg_buffer_add(out, "null");
	} else {
		kg_number_exact(out, column->real[row]);
	}
}

/* Names of the types as in a Data Package. */
static const char *name_type(enum kg_type type)
{
	static const char *const names[] = { [KG_REAL] = "number",
					     [KG_INTEGER] = "integer",
					     [KG_TEXT] = "string",
					     [KG_DATE] = "date",
					     [KG_BOOLEAN] = "boolean" };

	return names[type];
}

static void add_columns(struct kg_buffer *out, const struct kg_table *table)
{
	for (size_t j = 0; j < table->ncol; j++) {
		const struct kg_column *column = &table->column[j];

		kg_buffer_add(out, j ? ",\n    {\"name\": " : "\n    {\"name\": ");
		add_string(out, column->name);
		kg_buffer_printf(out, ", \"type\": \"%s\", \"unit\": ", name_type(column->type));
		add_string(out, column->unit);
		kg_buffer_add(out, "}");
	}
}

/* A bound is more than a number: its ends go beside it as "<name>_low" and "<name>_high", null where open. */
static void add_bounds(struct kg_buffer *out, const struct kg_column *column, size_t row)
{
	const double *ends[] = { column->low, column->high };

	for (size_t k = 0; k < 2 && column->low; k++) {
		char *name = kg_arena_format(out->arena, "%s_%s", column->name, k ? "high" : "low");

		kg_buffer_add(out, ", ");
		add_string(out, name);
		kg_buffer_add(out, ": ");
		if (kg_column_missing(column, row) || !isfinite(ends[k][row]))
			kg_buffer_add(out, "null");
		else
			kg_number_exact(out, ends[k][row]);
	}
}

static void add_rows(struct kg_buffer *out, const struct kg_table *table, struct kg_arena *scratch)
{
	for (size_t i = 0; i < table->nrow; i++) {
		kg_buffer_add(out, i ? ",\n    {" : "\n    {");
		for (size_t j = 0; j < table->ncol; j++) {
			if (j)
				kg_buffer_add(out, ", ");
			add_string(out, table->column[j].name);
			kg_buffer_add(out, ": ");
			add_cell(out, &table->column[j], i, scratch);
			add_bounds(out, &table->column[j], i);
		}
		kg_buffer_add_char(out, '}');
	}
}

static void add_facts_list(struct kg_buffer *out, const struct kg_fact *fact, size_t count)
{
	kg_buffer_add_char(out, '{');
	for (size_t i = 0; i < count; i++) {
		kg_buffer_add(out, i ? ", " : "");
		add_string(out, fact[i].name);
		kg_buffer_add(out, ": ");
		if (fact[i].number)
			kg_buffer_add(out, fact[i].text);
		else
			add_string(out, fact[i].text);
	}
	kg_buffer_add_char(out, '}');
}

static void add_inputs(struct kg_buffer *out, const struct kg_facts *facts)
{
	for (size_t i = 0; i < facts->ninput; i++) {
		const struct kg_fact_input *input = &facts->input[i];

		kg_buffer_add(out, i ? ",\n    {\"name\": " : "\n    {\"name\": ");
		add_string(out, input->name);
		kg_buffer_add(out, ", \"file\": ");
		add_string(out, input->file);
		kg_buffer_add(out, ", \"sha256\": ");
		add_string(out, input->sha256);
		kg_buffer_printf(out, ", \"rows\": %zu}", input->rows);
	}
}

/* What makes the result again: program, options, versions, inputs by digest, rows read and used. */
static void add_facts(struct kg_buffer *out, const struct kg_facts *facts)
{
	kg_buffer_add(out, ",\n  \"program\": ");
	add_string(out, facts->command);
	kg_buffer_add(out, ",\n  \"options\": ");
	add_facts_list(out, facts->option, facts->noption);
	kg_buffer_add(out, ",\n  \"version\": \"" KG_VERSION "\",\n  \"libraries\": ");
	add_facts_list(out, facts->library, facts->nlibrary);
	/* Numbers are written by keng itself: no locale of the system changes them. */
	kg_buffer_printf(out, ",\n  \"locale\": {\"language\": \"%s\", \"numbers\": \"C\"}",
			 facts->language == KG_VIETNAMESE ? "vi" : "en");
	kg_buffer_add(out, ",\n  \"inputs\": [");
	add_inputs(out, facts);
	kg_buffer_printf(out,
			 "\n  ],\n  \"rows_read\": %zu,\n  \"rows_used\": %zu,\n  \"rows_dropped\": ", facts->rows_read,
			 facts->rows_used);
	if (facts->reshaped)
		kg_buffer_add(out, "null");
	else
		kg_buffer_printf(out, "%zu", facts->rows_read - facts->rows_used);
}

static enum kg_status write_json(const struct kg_result *result, const struct kg_style *style, struct kg_arena *scratch,
				 struct kg_buffer *out, struct kg_error *error)
{
	const struct kg_table *table = result->table;

	(void)style;
	kg_buffer_add(out, "{\n  \"title\": ");
	add_string(out, result->title.in[KG_ENGLISH]);
	kg_buffer_printf(out, ",\n  \"synthetic\": %s,\n  \"file\": ", table->from->synthetic ? "true" : "false");
	add_string(out, table->from->file);
	kg_buffer_add(out, ",\n  \"source\": ");
	add_string(out, table->from->source ? kg_message_text(table->from->source, KG_ENGLISH, scratch) : NULL);
	if (result->facts)
		add_facts(out, result->facts);
	kg_buffer_add(out, ",\n  \"remarks\": [");
	for (size_t i = 0; i < result->nremark; i++) {
		kg_buffer_add(out, i ? ", " : "");
		add_string(out, result->remark[i].in[KG_ENGLISH]);
	}
	kg_buffer_add(out, "],\n  \"columns\": [");
	add_columns(out, table);
	kg_buffer_add(out, "\n  ],\n  \"rows\": [");
	add_rows(out, table, scratch);
	kg_buffer_add(out, "\n  ]\n}\n");
	return kg_buffer_check(out, error);
}

const struct kg_format kg_format_json = { "json", "JSON with provenance, full precision", write_json };
