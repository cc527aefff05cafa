#include "growth_series.h"
#include "report/label.h"
#include "table/lines.h"

typedef bool choose_cell(const struct kg_column *column, size_t row);

static bool is_missing(const struct kg_column *column, size_t row)
{
	return kg_column_missing(column, row);
}

static bool is_zero(const struct kg_column *column, size_t row)
{
	return kg_column_real(column, row) == 0;
}

static bool is_negative(const struct kg_column *column, size_t row)
{
	return kg_column_real(column, row) < 0;
}

static bool is_no_population(const struct kg_column *column, size_t row)
{
	return !(kg_column_real(column, row) > 0);
}

/* Rows of one kind. */
static struct kg_lines list_lines(const struct kg_table *table, const struct kg_column *column, choose_cell *choose,
				  struct kg_arena *arena)
{
	struct kg_lines lines = kg_lines_new(arena);

	for (size_t i = 0; column && i < table->nrow; i++)
		if (choose(column, i))
			kg_lines_add(&lines, table, i);
	if (lines.text.failed)
		lines.count = 0;
	return lines;
}

/* Whether a break of the schema still splits series: a program may have taken it out. */
static bool is_kept(const struct kg_series_source *source, double year)
{
	for (size_t i = 0; i < source->nbreak; i++)
		if (source->break_year[i] == year)
			return true;
	return false;
}

/* The name of the break in each language. */
static void remark_named(const struct kg_break *at, const char *period, struct kg_result *result,
			 struct kg_arena *arena)
{
	struct kg_message said, named;

	said = kg_message_make(arena, "The series breaks at %s (%s): nothing is computed across it.", period,
			       at->label);
	if (at->label_vi) {
		named = kg_message_make(arena, "The series breaks at %s (%s): nothing is computed across it.",
					period, at->label_vi);
		said.in[KG_VIETNAMESE] = named.in[KG_VIETNAMESE];
	}
	kg_result_say(result, arena, said);
}

static void remark_break(const struct kg_series_source *source, const struct kg_break *at, struct kg_result *result,
			 struct kg_arena *arena)
{
	enum kg_period_kind kind;
	bool before = false, after = false;
	const char *period;
	double year;
	long index;

	if (!kg_period_parse(at->period, &kind, &index, &year) || !is_kept(source, year))
		return;
	for (size_t i = 0; i < source->table->nrow; i++) {
		before |= source->time.year[i] < year;
		after |= source->time.year[i] >= year;
	}
	period = kg_label_argument("growth", "from", at->period, arena);
	if (before && after && at->label)
		remark_named(at, period, result, arena);
	else if (before && after)
		kg_result_remark(result, arena, "The series breaks at %s: nothing is computed across it.", period);
	else if (before)
		kg_result_remark(result, arena, "The break at %s lies after the last period: it splits nothing.",
				 period);
}

static void remark_populations(const struct kg_series_source *source, struct kg_result *result, struct kg_arena *arena)
{
	struct kg_lines lines = list_lines(source->table, source->population, is_no_population, arena);

	if (lines.count)
		kg_result_remark(result, arena,
				 "Rows left out, because '%s' is missing, zero or negative: %zu (lines: %s).",
				 kg_label_column(source->population, arena), lines.count, lines.text.text);
}

void kg_series_describe(const struct kg_series_source *source, const struct kg_names *by, struct kg_result *result,
			struct kg_arena *arena)
{
	if (source->population)
		kg_result_title(result, arena, " per %s", kg_label_column(source->population, arena));
	kg_result_title_by(result, arena, by);
	result->picture = (struct kg_picture){ .kind = "line",
					       .table = source->table,
					       .x = source->time.name,
					       .y = source->value->name,
					       .group = by->count ? by->name[by->count - 1] : NULL };
	for (size_t i = 0; i < source->table->from->nbreak; i++)
		remark_break(source, &source->table->from->breaks[i], result, arena);
	remark_populations(source, result, arena);
}

void kg_series_remark_model(const struct kg_series_source *source, struct kg_result *result, struct kg_arena *arena)
{
	struct kg_lines zero = list_lines(source->table, source->value, is_zero, arena);
	struct kg_lines negative = list_lines(source->table, source->value, is_negative, arena);
	const char *name = kg_label_column(source->value, arena);

	if (zero.count)
		kg_result_remark(
		    result, arena,
		    "'%s' is zero (lines: %s): it has no logarithm; --model linear takes zeros, and --model "
		    "poisson counts of zero, as a half.",
		    name, zero.text.text);
	if (negative.count)
		kg_result_remark(result, arena,
				 "'%s' is negative (lines: %s): it has no logarithm; --model linear takes negative "
				 "values.",
				 name, negative.text.text);
}

void kg_series_remark_logs(const struct kg_series_source *source, struct kg_result *result, struct kg_arena *arena)
{
	struct kg_lines missing = list_lines(source->table, source->value, is_missing, arena);
	struct kg_lines zero = list_lines(source->table, source->value, is_zero, arena);
	struct kg_lines negative = list_lines(source->table, source->value, is_negative, arena);
	const char *name = kg_label_column(source->value, arena);

	if (missing.count)
		kg_result_remark(result, arena, "'%s' is missing (lines: %s): left out and counted in n_missing.", name,
				 missing.text.text);
	if (zero.count && !source->population)
		kg_result_remark(
		    result, arena,
		    "'%s' is zero (lines: %s): it has no logarithm; the methods poisson, quasi-poisson and "
		    "negative-binomial take zeros.",
		    name, zero.text.text);
	if (negative.count)
		kg_result_remark(result, arena,
				 "'%s' is negative (lines: %s): it has no logarithm and no rate of growth; the program "
				 "trend with the method theil-sen takes negative values.",
				 name, negative.text.text);
}
