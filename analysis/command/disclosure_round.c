#include <math.h>
#include <string.h>

#include "command/disclosure.h"
#include "command/disclosure_count.h"

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

enum kg_status kg_disclosure_round(const struct kg_command *command, struct kg_arena *arena,
				   const struct kg_table **table, struct kg_error *error)
{
	struct kg_column *column = KG_ARRAY(arena, struct kg_column, (*table)->ncol + 1);
	struct kg_table *made = KG_NEW(arena, struct kg_table);
	const struct kg_column *count;

	if (!command->common.round)
		return KG_OK;
	KG_TRY(kg_disclosure_count(command, *table, &count, error));
	if (!column || !made)
		return kg_error_memory(error);
	memcpy(column, (*table)->column, (*table)->ncol * sizeof *column);
	*made = **table;
	made->column = column;
	KG_TRY(round_column(command, *table, count, arena, &column[count - (*table)->column], error));
	*table = made;
	return KG_OK;
}
