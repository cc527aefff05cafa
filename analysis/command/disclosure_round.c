#include <math.h>
#include <string.h>

#include "command/disclosure.h"
#include "command/disclosure_count.h"
#include "command/input.h"
#include "table/builder.h"
#include "table/fold.h"
#include "table/take.h"

/* Of what the counts are a part and so never above; NULL = of nothing. */
static const struct kg_column *find_whole(const struct kg_command *command, const struct kg_table *table)
{
	const struct kg_option *option = kg_disclosure_option(command, "denominator");
	const char *name = option ? kg_option_text(option, command->options) : NULL;

	return name ? kg_table_find(table, name) : NULL;
}

/* To the nearest multiple, ties up; the range holds all whole counts that are rounded to it. */
static void round_cell(double base, const struct kg_column *count, const struct kg_column *whole, size_t row,
		       double out[3])
{
	double value = count->real[row], most = whole ? kg_column_real(whole, row) : NAN;
	double low = count->low ? count->low[row] : value, high = count->high ? count->high[row] : value;
	double rounded = base * floor(value / base + 0.5);

	out[1] = fmin(rounded - floor(base / 2), low < value ? low : INFINITY);
	out[2] = fmax(rounded + ceil(base / 2) - 1, high > value ? high : -INFINITY);
	if (rounded > most && value <= most) {
		rounded = most;
		out[2] = fmin(out[2], most);
	}
	out[0] = rounded;
	if (out[1] < 0 && value >= 0)
		out[1] = 0;
}

static enum kg_status round_column(const struct kg_command *command, const struct kg_table *table,
				   const struct kg_column *count, struct kg_arena *arena, struct kg_column *rounded,
				   struct kg_error *error)
{
	const struct kg_column *whole = find_whole(command, table);
	double *part[3];

	for (int k = 0; k < 3; k++) {
		part[k] = KG_ARRAY(arena, double, table->nrow + 1);
		if (!part[k])
			return kg_error_memory(error);
	}
	for (size_t row = 0; row < table->nrow; row++) {
		double out[3] = { 0 };

		if (!kg_column_missing(count, row))
			round_cell((double)command->common.round, count, whole, row, out);
		for (int k = 0; k < 3; k++)
			part[k][row] = out[k];
	}
	rounded->real = part[0];
	rounded->low = part[1];
	rounded->high = part[2];
	return KG_OK;
}

/* The command's columns: what its options fold, and what then tells rows apart. */
static enum kg_status split_columns(const struct kg_command *command, struct kg_arena *arena, struct kg_fold *fold,
				    struct kg_error *error)
{
	struct kg_names all;
	const char **key, **value;

	KG_TRY(kg_input_columns(command, arena, &all, error));
	key = KG_ARRAY(arena, const char *, all.count + 1);
	value = KG_ARRAY(arena, const char *, all.count + 1);
	if (!key || !value)
		return kg_error_memory(error);
	*fold = (struct kg_fold){ .how = KG_FOLD_SUM, .key = key, .value = value };
	for (size_t i = 0; i < all.count; i++) {
		bool known = false, folded = false;

		for (size_t j = 0; j < i; j++)
			known |= strcmp(all.name[j], all.name[i]) == 0;
		for (size_t j = 0; j < command->program->noption; j++) {
			const struct kg_option *option = &command->program->option[j];

			folded |= option->role == KG_ROLE_VALUE && option->kind == KG_OPTION_COLUMN &&
				  kg_text_equal(kg_option_text(option, command->options), all.name[i]);
		}
		if (!known && folded)
			value[fold->nvalue++] = all.name[i];
		else if (!known)
			key[fold->nkey++] = all.name[i];
	}
	return KG_OK;
}

/* Copies rows of `from` whose count is there, or is not, to the end of the builder's table. */
static void append_rows(struct kg_builder *builder, const struct kg_table *like, const struct kg_table *from,
			const char *count, bool there)
{
	for (size_t row = 0; row < from->nrow; row++) {
		if (kg_column_missing(kg_table_find(from, count), row) == there)
			continue;
		kg_builder_row(builder);
		for (size_t j = 0; j < like->ncol; j++)
			kg_builder_copy(builder, j, kg_table_find(from, like->column[j].name), row);
	}
}

/* Counts are rounded after they are added up; rows without a count stay as they are. */
static enum kg_status add_up(const struct kg_command *command, const char *count, struct kg_arena *arena,
			     const struct kg_table **table, struct kg_error *error)
{
	uint32_t *row = KG_ARRAY(arena, uint32_t, (*table)->nrow + 1);
	const struct kg_column *column = kg_table_find(*table, count);
	const struct kg_table *folded;
	struct kg_table *there;
	struct kg_builder *builder;
	struct kg_fold fold;
	size_t n = 0;

	KG_TRY(split_columns(command, arena, &fold, error));
	if (!fold.nkey || !row)
		return row ? KG_OK : kg_error_memory(error);
	for (size_t i = 0; i < (*table)->nrow; i++)
		if (!kg_column_missing(column, i))
			row[n++] = (uint32_t)i;
	KG_TRY(kg_table_take(*table, row, n, arena, &there, error));
	KG_TRY(kg_fold_table(there, &fold, arena, &folded, error));
	builder = kg_builder_new((*table)->name, arena);
	if (!builder)
		return kg_error_memory(error);
	for (size_t j = 0; j < folded->ncol; j++)
		kg_builder_column(builder, folded->column[j].name, folded->column[j].type, folded->column[j].unit);
	append_rows(builder, folded, folded, count, true);
	append_rows(builder, folded, *table, count, false);
	return kg_builder_finish(builder, folded->from, table, error);
}

enum kg_status kg_disclosure_round(const struct kg_command *command, struct kg_arena *arena,
				   const struct kg_table **table, struct kg_error *error)
{
	const struct kg_column *count;
	struct kg_column *column;
	struct kg_table *made = KG_NEW(arena, struct kg_table);

	if (!command->common.round)
		return KG_OK;
	KG_TRY(kg_disclosure_count(command, *table, &count, error));
	if (!command->common.aggregate && !command->program->needs_sql)
		KG_TRY(add_up(command, count->name, arena, table, error));
	KG_TRY(kg_disclosure_count(command, *table, &count, error));
	column = KG_ARRAY(arena, struct kg_column, (*table)->ncol + 1);
	if (!column || !made)
		return kg_error_memory(error);
	memcpy(column, (*table)->column, (*table)->ncol * sizeof *column);
	*made = **table;
	made->column = column;
	KG_TRY(round_column(command, *table, count, arena, &column[count - (*table)->column], error));
	*table = made;
	return KG_OK;
}
