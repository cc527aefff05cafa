#include "growth_series.h"

#include <stdlib.h>
#include <string.h>

/* Instead of its number where the cell of the cluster is missing. */
#define NO_CLUSTER UINT32_MAX

static int compare_years(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static enum kg_status read_breaks(struct kg_series_source *source, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_provenance *from = source->table->from;

	source->break_year = KG_ARRAY(arena, double, from->nbreak + 1);
	if (!source->break_year)
		return kg_error_memory(error);
	for (size_t i = 0; i < from->nbreak; i++) {
		enum kg_period_kind kind;
		long index;

		if (kg_period_parse(from->breaks[i].period, &kind, &index, &source->break_year[source->nbreak]))
			source->nbreak++;
	}
	if (source->nbreak)
		qsort(source->break_year, source->nbreak, sizeof *source->break_year, compare_years);
	return KG_OK;
}

enum kg_status kg_series_open(const struct kg_table *table, const char *const column[3], const struct kg_names *by,
			      struct kg_arena *arena, struct kg_series_source *source, struct kg_error *error)
{
	*source = (struct kg_series_source){ .table = table };
	KG_TRY(kg_time_read(table, column[0], arena, &source->time, error));
	KG_TRY(kg_table_number(table, column[1], &source->value, error));
	if (column[2])
		KG_TRY(kg_table_number(table, column[2], &source->population, error));
	KG_TRY(kg_groups_by_time(table, by, &source->time, arena, &source->groups, error));
	return read_breaks(source, arena, error);
}

struct shape {
	size_t n;
	bool exposure, bounds, exposure_bounds, cluster, extra[KG_SERIES_EXTRA];
};

static bool allocate(struct kg_series *series, const struct shape *shape, struct kg_arena *scratch)
{
	size_t n = shape->n;

	*series = (struct kg_series){ .y = KG_ARRAY(scratch, double, n),
				      .x = KG_ARRAY(scratch, double, n),
				      .exposure = shape->exposure ? KG_ARRAY(scratch, double, n) : NULL,
				      .low = shape->bounds ? KG_ARRAY(scratch, double, n) : NULL,
				      .high = shape->bounds ? KG_ARRAY(scratch, double, n) : NULL,
				      .exposure_low = shape->exposure_bounds ? KG_ARRAY(scratch, double, n) : NULL,
				      .exposure_high = shape->exposure_bounds ? KG_ARRAY(scratch, double, n) : NULL,
				      .period = KG_ARRAY(scratch, long, n),
				      .segment = KG_ARRAY(scratch, uint32_t, n),
				      .cluster = shape->cluster ? KG_ARRAY(scratch, uint32_t, n) : NULL };
	for (size_t k = 0; k < KG_SERIES_EXTRA; k++)
		series->extra[k] = shape->extra[k] ? KG_ARRAY(scratch, double, n) : NULL;
	series->range = (struct kg_growth){ series->low, series->high, series->exposure_low, series->exposure_high };
	series->sample = (struct kg_sample){ .n = n,
					     .y = series->y,
					     .x = series->x,
					     .exposure = series->exposure,
					     .period = series->period,
					     .stratum = series->segment,
					     .cluster = series->cluster };
	return !kg_arena_failed(scratch);
}

bool kg_series_total_group(struct kg_groups *groups, struct kg_arena *arena)
{
	size_t *start = KG_ARRAY(arena, size_t, groups->ngroup + 2);

	if (!start)
		return false;
	memcpy(start, groups->start, (groups->ngroup + 1) * sizeof *start);
	start[groups->ngroup + 1] = start[groups->ngroup];
	groups->start = start;
	groups->ngroup++;
	return true;
}

uint32_t kg_series_epoch(const struct kg_series_source *source, double year)
{
	uint32_t epoch = 0;

	while (epoch < source->nbreak && source->break_year[epoch] <= year)
		epoch++;
	return epoch;
}

static void read_row(const struct kg_series_source *source, uint32_t row, struct kg_series *series, size_t i)
{
	const struct kg_column *value = source->value;

	series->y[i] = kg_column_real(value, row);
	series->x[i] = source->time.year[row];
	series->period[i] = source->time.index[row];
	if (source->population)
		series->exposure[i] = kg_column_real(source->population, row);
	if (value->low) {
		series->low[i] = value->low[row];
		series->high[i] = value->high[row];
	}
	if (series->exposure_low) {
		series->exposure_low[i] = source->population->low[row];
		series->exposure_high[i] = source->population->high[row];
	}
	for (size_t k = 0; k < KG_SERIES_EXTRA; k++)
		if (source->extra[k])
			series->extra[k][i] = kg_column_real(source->extra[k], row);
	if (source->cluster)
		series->cluster[i] = kg_column_missing(source->cluster, row) ? NO_CLUSTER : source->cluster_number[row];
}

static bool is_complete(const struct kg_series *series, size_t i)
{
	bool complete = !isnan(series->y[i]) && (!series->exposure || series->exposure[i] > 0);

	complete &= !series->cluster || series->cluster[i] != NO_CLUSTER;
	for (size_t k = 0; k < KG_SERIES_EXTRA; k++)
		complete &= !series->extra[k] || !isnan(series->extra[k][i]);
	return complete;
}

bool kg_series_make(const struct kg_series_source *source, size_t group, struct kg_arena *scratch,
		    struct kg_series *series)
{
	const size_t start = source->groups.start[group];
	const struct shape shape = { .n = source->groups.start[group + 1] - start,
				     .exposure = source->population,
				     .bounds = source->value->low,
				     .exposure_bounds = source->population && source->population->low,
				     .cluster = source->cluster,
				     .extra = { source->extra[0], source->extra[1] } };
	uint32_t last = 0, number = 0;

	if (!allocate(series, &shape, scratch))
		return false;
	for (size_t i = 0; i < shape.n; i++) {
		uint32_t epoch = kg_series_epoch(source, source->time.year[source->groups.row[start + i]]);

		read_row(source, source->groups.row[start + i], series, i);
		if (i && epoch != last)
			number++;
		last = epoch;
		series->segment[i] = number;
		series->n_missing += !is_complete(series, i);
	}
	return true;
}

size_t kg_series_segments(const struct kg_series *series)
{
	return series->sample.n ? series->segment[series->sample.n - 1] + 1 : 0;
}

static void copy_point(const struct kg_series *from, size_t i, struct kg_series *to, size_t at)
{
	to->y[at] = from->y[i];
	to->x[at] = from->x[i];
	to->period[at] = from->period[i];
	to->segment[at] = from->segment[i];
	if (from->exposure)
		to->exposure[at] = from->exposure[i];
	if (from->low) {
		to->low[at] = from->low[i];
		to->high[at] = from->high[i];
	}
	if (from->exposure_low) {
		to->exposure_low[at] = from->exposure_low[i];
		to->exposure_high[at] = from->exposure_high[i];
	}
	for (size_t k = 0; k < KG_SERIES_EXTRA; k++)
		if (from->extra[k])
			to->extra[k][at] = from->extra[k][i];
	if (from->cluster)
		to->cluster[at] = from->cluster[i];
}

bool kg_series_part(const struct kg_series *series, size_t segment, struct kg_arena *scratch, struct kg_series *part)
{
	const struct shape shape = { .n = series->sample.n,
				     .exposure = series->exposure,
				     .bounds = series->low,
				     .exposure_bounds = series->exposure_low,
				     .cluster = series->cluster,
				     .extra = { series->extra[0], series->extra[1] } };
	size_t at = 0, n_missing = 0;

	if (!allocate(part, &shape, scratch))
		return false;
	for (size_t i = 0; i < series->sample.n; i++) {
		if (series->segment[i] != segment)
			continue;
		if (is_complete(series, i))
			copy_point(series, i, part, at++);
		else
			n_missing++;
	}
	part->sample.n = at;
	part->n_missing = n_missing;
	return true;
}

const char *kg_series_label(const struct kg_series_source *source, const struct kg_series *series, size_t i,
			    struct kg_arena *scratch)
{
	char text[32];

	kg_period_text(source->time.kind, series->period[i], text, sizeof text);
	return kg_arena_text(scratch, text);
}
