#include <stdlib.h>

#include "growth.h"

static int compare_periods(const void *a, const void *b)
{
	const struct kg_growth_sum *left = a, *right = b;

	return (left->period > right->period) - (left->period < right->period);
}

static struct kg_growth_sum *find_sum(const struct kg_growth_run *run, long period)
{
	struct kg_growth_sum key = { .period = period };

	return bsearch(&key, run->sum, run->nsum, sizeof key, compare_periods);
}

static void list_periods(struct kg_growth_run *run)
{
	const struct kg_time *time = &run->source.time;
	size_t nrow = run->source.table->nrow;

	for (size_t i = 0; i < nrow; i++)
		run->sum[i] = (struct kg_growth_sum){ .period = time->index[i],
						      .epoch = kg_series_epoch(&run->source, time->year[i]) };
	if (nrow)
		qsort(run->sum, nrow, sizeof *run->sum, compare_periods);
	for (size_t i = 0; i < nrow; i++)
		if (!run->nsum || run->sum[run->nsum - 1].period != run->sum[i].period)
			run->sum[run->nsum++] = run->sum[i];
}

static void add_row(const struct kg_growth_run *run, size_t row)
{
	const struct kg_column *value = run->source.value;
	struct kg_growth_sum *sum = find_sum(run, run->source.time.index[row]);
	double low, high;

	if (kg_column_missing(value, row)) {
		sum->value.why = KG_WHY_MISSING;
		return;
	}
	low = value->low ? value->low[row] : value->real[row];
	high = value->low ? value->high[row] : value->real[row];
	sum->groups++;
	sum->value.value += value->real[row];
	sum->value.low += low;
	if (isinf(high))
		sum->open++;
	else
		sum->value.high += high;
}

enum kg_status kg_growth_total_make(struct kg_growth_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_groups *groups = &run->source.groups;
	size_t nrow = run->source.table->nrow;

	run->sum = KG_ARRAY(arena, struct kg_growth_sum, nrow + 1);
	if (!run->sum || !kg_series_total_group(&run->groups, arena))
		return kg_error_memory(error);
	list_periods(run);
	for (size_t row = 0; row < nrow; row++)
		add_row(run, row);
	for (size_t i = 0; i < run->nsum; i++)
		if (run->sum[i].groups < groups->ngroup && run->sum[i].value.why == KG_WHY_NONE)
			run->sum[i].value.why = KG_WHY_GAP;
	return KG_OK;
}

static struct kg_growth_value take_total(const struct kg_growth_sum *sum)
{
	struct kg_growth_value total = sum->value;

	if (sum->open)
		total.high = INFINITY;
	return total;
}

/* The total at the base without this group. */
static struct kg_growth_value take_rest(const struct kg_growth_sum *sum, const struct kg_growth_value *own)
{
	struct kg_growth_value rest = sum->value;
	bool open = isinf(own->high);

	rest.value -= own->value;
	rest.low -= own->low;
	rest.high -= open ? 0 : own->high;
	if (sum->open > (size_t)open)
		rest.high = INFINITY;
	return rest;
}

static enum kg_why compare_sums(const struct kg_growth_sum *from, const struct kg_growth_sum *to)
{
	if (!from)
		return KG_WHY_GAP;
	if (from->epoch != to->epoch)
		return KG_WHY_SERIES_BREAK;
	return from->value.why != KG_WHY_NONE ? from->value.why : to->value.why;
}

static struct kg_term take_share(const struct kg_growth_run *run, const struct kg_series *series,
				 const struct kg_growth_sum *from, const struct kg_growth_sum *to)
{
	static const char unit[] = "percentage points";
	enum kg_why why = compare_sums(from, to);
	struct kg_growth_value a, b, rest = { 0 };

	if (why != KG_WHY_NONE)
		return kg_term_none("contribution", unit, why);
	if (!series) {
		a = take_total(from);
		b = take_total(to);
	} else {
		struct kg_params params = run->params;

		params.own = &series->range;
		a = kg_growth_at(&series->sample, &params, kg_growth_find(&series->sample, from->period));
		b = kg_growth_at(&series->sample, &params, kg_growth_find(&series->sample, to->period));
		rest = take_rest(from, &a);
	}
	return kg_contribution(&a, &b, &rest, unit);
}

enum kg_status kg_growth_contribute(const struct kg_growth_run *run, const struct kg_series *series, bool total,
				    struct kg_arena *scratch, struct kg_rows *rows)
{
	long lag = (long)run->params.lag;
	enum kg_period_kind kind = run->source.time.kind;
	char from[32], to[32];

	for (size_t i = 0; i < run->nsum; i++) {
		const struct kg_growth_sum *sum = &run->sum[i];
		struct kg_row row = { .method = "contribution", .n = 2 * (double)sum->groups };

		if (sum->period - lag < run->sum[0].period)
			continue;
		row.term = take_share(run, total ? NULL : series, find_sum(run, sum->period - lag), sum);
		kg_period_text(kind, sum->period - lag, from, sizeof from);
		kg_period_text(kind, sum->period, to, sizeof to);
		row.n = row.term.why == KG_WHY_NONE || row.term.why == KG_WHY_BOUND ? total ? row.n : 2 : 0;
		row.n_missing = 0;
		row.term.term = to;
		row.own[KG_GROWTH_FROM].text = from;
		row.own[KG_GROWTH_TO].text = to;
		kg_rows_add(rows, &row);
	}
	return kg_arena_failed(scratch) ? KG_ENOMEM : KG_OK;
}
