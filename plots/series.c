#include "plots/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plots/choose.h"
#include "plots/repeats.h"
#include "plots/say.h"
#include "table/group.h"

/* Periods whose distance differs from the usual one by more than this share are not neighbours. */
#define STEP_SLACK 0.25

static enum kg_horizontal choose_horizontal(const struct kg_picture *picture, const struct kg_series_plan *plan,
					    struct kg_series_set *set)
{
	bool by_name = plan->number_x || set->x->type != KG_INTEGER;

	if (plan->category_x)
		return KG_X_CATEGORY;
	if (kg_choose_period(set->x, picture->table->nrow, by_name, &set->period))
		return KG_X_TIME;
	return set->x->type == KG_TEXT ? KG_X_CATEGORY : KG_X_NUMBER;
}

/* x of each row; NaN when missing. */
static double *read_x(const struct kg_picture *picture, struct kg_series_set *set, struct kg_arena *arena)
{
	size_t nrow = picture->table->nrow;
	double *x = KG_ARRAY(arena, double, nrow + 1);

	for (size_t row = 0; x && row < nrow; row++) {
		enum kg_period_kind kind;
		long index;

		x[row] = NAN;
		if (kg_column_missing(set->x, row))
			continue;
		if (set->x->type == KG_TEXT)
			(void)kg_period_parse(kg_column_text(set->x, row), &kind, &index, &x[row]);
		else if (set->horizontal == KG_X_TIME && set->period == KG_PERIOD_DAY)
			x[row] = kg_period_year(KG_PERIOD_DAY, (long)set->x->real[row]);
		else
			x[row] = set->x->real[row];
	}
	return x;
}

/* x = number of the category, by first appearance. */
static enum kg_status read_categories(const struct kg_picture *picture, struct kg_series_set *set,
				      struct kg_arena *arena, double *x, struct kg_error *error)
{
	const struct kg_names by = { &set->x->name, 1 };
	struct kg_groups groups;
	const char **category;

	KG_TRY(kg_groups_make(picture->table, &by, arena, &groups, error));
	category = KG_ARRAY(arena, const char *, groups.ngroup + 1);
	if (!category)
		return kg_error_memory(error);
	for (size_t g = 0; g < groups.ngroup; g++) {
		category[g] = kg_say_cell(picture, set->x, groups.row[groups.start[g]], arena);
		if (!category[g])
			return kg_error_memory(error);
		for (size_t i = groups.start[g]; i < groups.start[g + 1]; i++)
			x[groups.row[i]] = (double)g + 1;
	}
	set->category = category;
	set->ncategory = groups.ngroup;
	return KG_OK;
}

struct keyed {
	double x;
	uint32_t row;
};

static int compare_keyed(const void *a, const void *b)
{
	const struct keyed *one = a, *two = b;

	if (one->x != two->x)
		return one->x < two->x ? -1 : 1;
	return one->row < two->row ? -1 : one->row > two->row;
}

static bool make_room(struct kg_series *series, size_t n, struct kg_arena *arena)
{
	double **part[] = {
		&series->x, &series->y, &series->low, &series->high, &series->bound_low, &series->bound_high
	};

	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
		*part[i] = KG_ARRAY(arena, double, n + 1);
	series->row = KG_ARRAY(arena, uint32_t, n + 1);
	series->joined = KG_ARRAY(arena, bool, n + 1);
	return !kg_arena_failed(arena);
}

/* Bounds stand in their own columns of a result, or beside the values of the column. */
static void read_bounds(const struct kg_table *table, const struct kg_series_set *set, struct kg_series *series,
			size_t i)
{
	const struct kg_column *low = set->tidy ? kg_table_find(table, "bound_low") : NULL;
	const struct kg_column *high = set->tidy ? kg_table_find(table, "bound_high") : NULL;
	uint32_t row = series->row[i];

	series->bound_low[i] = series->bound_high[i] = NAN;
	if (low && high && low->real && high->real && strcmp(set->y->name, "estimate") == 0) {
		series->bound_low[i] = kg_column_real(low, row);
		series->bound_high[i] = kg_column_real(high, row);
		if (isnan(series->bound_low[i]) != isnan(series->bound_high[i])) { /* an empty end is an open end */
			if (isnan(series->bound_low[i]))
				series->bound_low[i] = -INFINITY;
			else
				series->bound_high[i] = INFINITY;
		}
	} else if (set->y->low && set->y->high && set->y->low[row] < set->y->high[row]) {
		series->bound_low[i] = set->y->low[row];
		series->bound_high[i] = set->y->high[row];
	}
}

/* An interval with one end: results write an open end as an empty cell. */
static void open_interval(struct kg_series *series, size_t i)
{
	if (isfinite(series->high[i]) && isnan(series->low[i]))
		series->low[i] = -INFINITY;
	else if (isfinite(series->low[i]) && isnan(series->high[i]))
		series->high[i] = INFINITY;
}

static void read_point(const struct kg_picture *picture, const struct kg_series_set *set, struct kg_series *series,
		       size_t i)
{
	uint32_t row = series->row[i];

	series->y[i] = kg_column_real(set->y, row);
	if (!isfinite(series->y[i]))
		series->y[i] = NAN;
	series->low[i] = set->low ? kg_column_real(set->low, row) : NAN;
	series->high[i] = set->high ? kg_column_real(set->high, row) : NAN;
	open_interval(series, i);
	read_bounds(picture->table, set, series, i);
}

/* Room for the arrow head of a bound without end, as a share of the values' span. */
#define OPEN_ROOM 0.12

static void leave_open_room(struct kg_series_set *set)
{
	double span = set->y_most - fmin(set->y_least, 0), least = set->y_least, most = set->y_most;

	for (size_t s = 0; s < set->count; s++) {
		for (size_t i = 0; i < set->series[s].n; i++) {
			const struct kg_series *series = &set->series[s];

			if (isinf(series->bound_high[i]) || isinf(series->high[i]))
				most = fmax(most, series->y[i] + span * OPEN_ROOM);
			if (isinf(series->bound_low[i]) || isinf(series->low[i]))
				least = fmin(least, series->y[i] - span * OPEN_ROOM);
		}
	}
	set->y_most = most;
	set->y_least = least;
}

static void widen(double value, double *least, double *most)
{
	if (!isfinite(value))
		return;
	*least = fmin(*least, value);
	*most = fmax(*most, value);
}

void kg_series_include(struct kg_series_set *set, double low, double high)
{
	widen(low, &set->y_least, &set->y_most);
	widen(high, &set->y_least, &set->y_most);
}

static void measure(struct kg_series_set *set, const struct kg_series *series)
{
	for (size_t i = 0; i < series->n; i++) {
		if (!isfinite(series->y[i]))
			continue;
		set->npoint++;
		widen(series->x[i], &set->x_least, &set->x_most);
		widen(series->y[i], &set->y_least, &set->y_most);
		widen(series->low[i], &set->y_least, &set->y_most);
		widen(series->high[i], &set->y_least, &set->y_most);
		widen(series->bound_low[i], &set->y_least, &set->y_most);
		widen(series->bound_high[i], &set->y_least, &set->y_most);
		set->has_interval |= isfinite(series->low[i]) || isfinite(series->high[i]);
		set->has_bounds |= !isnan(series->bound_low[i]) || !isnan(series->bound_high[i]);
	}
}

/* The distance of neighbouring periods: the one that occurs most often, the larger one of equals. */
static double find_step(const struct kg_series *series)
{
	double best = 0;
	size_t most = 0;

	for (size_t i = 1; i < series->n; i++) {
		double step = series->x[i] - series->x[i - 1];
		size_t count = 0;

		for (size_t j = 1; j < series->n; j++)
			count += fabs(series->x[j] - series->x[j - 1] - step) <= STEP_SLACK * step;
		if (count > most || (count == most && step > best)) {
			best = step;
			most = count;
		}
	}
	return best;
}

bool kg_series_breaks(const struct kg_provenance *from, double before, double after)
{
	for (size_t i = 0; i < from->nbreak; i++) {
		enum kg_period_kind kind;
		long index;
		double year;

		if (kg_period_parse(from->breaks[i].period, &kind, &index, &year) && before < year && year <= after)
			return true;
	}
	return false;
}

static void join_points(const struct kg_picture *picture, const struct kg_series_set *set, struct kg_series *series)
{
	bool time = set->horizontal == KG_X_TIME;
	double step = time ? find_step(series) : 0;

	for (size_t i = 1; i < series->n; i++) {
		double before = series->x[i - 1], after = series->x[i];

		series->joined[i] = isfinite(series->y[i - 1]) && isfinite(series->y[i]) &&
				    !(time && after - before > step * (1 + STEP_SLACK)) &&
				    !(time && kg_series_breaks(picture->table->from, before, after));
	}
}

static enum kg_status read_series(const struct kg_picture *picture, struct kg_series_set *set, const double *x,
				  const struct kg_groups *groups, struct kg_arena *arena, size_t g)
{
	struct kg_series *series = &set->series[g];
	size_t room = groups->start[g + 1] - groups->start[g];
	struct keyed *keyed = KG_ARRAY(arena, struct keyed, room + 1);

	if (!keyed || !make_room(series, room, arena))
		return KG_ENOMEM;
	for (size_t i = groups->start[g]; i < groups->start[g + 1]; i++)
		if (isfinite(x[groups->row[i]]))
			keyed[series->n++] = (struct keyed){ x[groups->row[i]], groups->row[i] };
	qsort(keyed, series->n, sizeof *keyed, compare_keyed);
	for (size_t i = 0; i < series->n; i++) {
		series->x[i] = keyed[i].x;
		series->row[i] = keyed[i].row;
		read_point(picture, set, series, i);
	}
	if (set->group)
		series->name = kg_say_cell(picture, set->group, groups->row[groups->start[g]], arena);
	join_points(picture, set, series);
	measure(set, series);
	return KG_OK;
}

/* Nothing to draw; a result says why in its notes. */
static enum kg_status refuse_empty(const struct kg_picture *picture, const struct kg_series_set *set,
				   struct kg_error *error)
{
	const struct kg_column *note = set->tidy ? kg_table_find(picture->table, "note") : NULL;

	for (size_t row = 0; note && note->type == KG_TEXT && row < picture->table->nrow; row++)
		if (!kg_column_missing(note, row))
			return kg_error_set(error, KG_EDATA, "no row has an estimate (note '%s'): nothing to draw",
					    kg_column_text(note, row));
	return kg_error_set(error, KG_EDATA, "there is no row with both '%s' and '%s': nothing to draw", set->x->name,
			    set->y->name);
}

enum kg_status kg_series_read(const struct kg_picture *picture, const struct kg_series_plan *plan,
			      struct kg_arena *arena, struct kg_series_set *set, struct kg_error *error)
{
	struct kg_groups groups;
	struct kg_names by = { NULL, 0 };
	double *x;

	*set = (struct kg_series_set){
		.x_least = INFINITY, .x_most = -INFINITY, .y_least = INFINITY, .y_most = -INFINITY
	};
	KG_TRY(kg_choose_columns(picture, plan, set, error));
	KG_TRY(kg_choose_group(picture, plan, arena, set, error));
	set->horizontal = choose_horizontal(picture, plan, set);
	x = read_x(picture, set, arena);
	if (!x)
		return kg_error_memory(error);
	if (set->horizontal == KG_X_CATEGORY)
		KG_TRY(read_categories(picture, set, arena, x, error));
	if (set->group)
		by = (struct kg_names){ &set->group->name, 1 };
	KG_TRY(kg_groups_make(picture->table, &by, arena, &groups, error));
	set->count = groups.ngroup;
	set->series = KG_ARRAY(arena, struct kg_series, groups.ngroup + 1);
	for (size_t g = 0; set->series && g < groups.ngroup; g++)
		if (read_series(picture, set, x, &groups, arena, g) != KG_OK)
			return kg_error_memory(error);
	if (!set->series)
		return kg_error_memory(error);
	if (plan->need_group)
		KG_TRY(kg_repeats_refuse(picture, set, error));
	set->nempty = picture->table->nrow - set->npoint;
	leave_open_room(set);
	if (!set->npoint)
		return refuse_empty(picture, set, error);
	return KG_OK;
}
