#include "growth_picture.h"

#include "table/builder.h"

/* With more series a chart shows them without their models. */
#define SERIES_MOST 6

enum { TIME, VALUE, FITTED, LOW, HIGH, JOINPOINT };

static struct kg_builder *start_table(const struct kg_series_source *source, const char *value, struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new(source->table->name, arena);
	const struct kg_column *time = source->time.column;
	const char *unit = source->population ? NULL : source->value->unit;
	const char *title = source->population ? NULL : source->value->title;

	if (!builder || !value)
		return NULL;
	for (size_t j = 0; j < source->groups.nby; j++)
		kg_builder_like(builder, source->groups.by[j]);
	kg_builder_like(builder, time);
	kg_builder_like(builder, &(struct kg_column){ .name = value, .title = title, .unit = unit, .type = KG_REAL });
	kg_builder_column(builder, "fitted", KG_REAL, unit);
	kg_builder_column(builder, "fitted_low", KG_REAL, unit);
	kg_builder_column(builder, "fitted_high", KG_REAL, unit);
	kg_builder_column(builder, "joinpoint", KG_INTEGER, NULL);
	return builder;
}

/* Row of the input with this period in a group, whose rows are in time order. */
static uint32_t find_row(const struct kg_series_source *source, size_t group, long period)
{
	size_t from = source->groups.start[group], to = source->groups.start[group + 1];

	while (to - from > 1) {
		size_t middle = from + (to - from) / 2;

		if (source->time.index[source->groups.row[middle]] <= period)
			from = middle;
		else
			to = middle;
	}
	return source->groups.row[from];
}

static void add_part(const struct kg_series_source *source, const struct kg_series *part, size_t group,
		     const struct kg_picture_curve *curve, struct kg_builder *builder)
{
	size_t nby = source->groups.nby;

	for (size_t i = 0; i < part->sample.n; i++) {
		uint32_t row = find_row(source, group, part->period[i]);

		kg_builder_row(builder);
		for (size_t j = 0; j < nby; j++)
			kg_builder_copy(builder, j, source->groups.by[j], row);
		kg_builder_copy(builder, nby + TIME, source->time.column, row);
		kg_builder_real(builder, nby + VALUE, part->y[i] / (part->exposure ? part->exposure[i] : 1));
		kg_builder_real(builder, nby + FITTED, curve->fitted[i]);
		kg_builder_real(builder, nby + LOW, curve->low[i]);
		kg_builder_real(builder, nby + HIGH, curve->high[i]);
		kg_builder_real(builder, nby + JOINPOINT, curve->bend[i]);
	}
}

static bool make_curve(size_t n, struct kg_arena *scratch, struct kg_picture_curve *curve)
{
	*curve = (struct kg_picture_curve){ KG_ARRAY(scratch, double, n), KG_ARRAY(scratch, double, n),
					    KG_ARRAY(scratch, double, n), KG_ARRAY(scratch, bool, n) };
	if (kg_arena_failed(scratch))
		return false;
	for (size_t i = 0; i < n; i++)
		curve->fitted[i] = curve->low[i] = curve->high[i] = NAN;
	return true;
}

static bool add_group(const struct kg_series_source *source, kg_picture_fit *fit, void *context, size_t group,
		      struct kg_arena *scratch, struct kg_builder *builder)
{
	struct kg_series series, part;

	if (!kg_series_make(source, group, scratch, &series))
		return false;
	for (size_t s = 0; s < kg_series_segments(&series); s++) {
		struct kg_picture_curve curve;

		if (!kg_series_part(&series, s, scratch, &part) || !make_curve(part.sample.n, scratch, &curve) ||
		    !fit(context, &part, group, scratch, &curve))
			return false;
		add_part(source, &part, group, &curve, builder);
	}
	return true;
}

enum kg_status kg_picture_fitted(const struct kg_series_source *source, kg_picture_fit *fit, void *context,
				 struct kg_arena *arena, struct kg_result *result, struct kg_error *error)
{
	struct kg_builder *builder;
	struct kg_arena *scratch;
	const char *value;
	bool done = true;

	if (source->groups.ngroup > SERIES_MOST)
		return KG_OK;
	scratch = kg_arena_new(0);
	value = source->population ? kg_arena_format(arena, "%s / %s", source->value->name, source->population->name)
				   : source->value->name;
	builder = scratch ? start_table(source, value, arena) : NULL;
	for (size_t g = 0; builder && done && g < source->groups.ngroup; g++)
		done = add_group(source, fit, context, g, scratch, builder);
	kg_arena_free(scratch);
	if (!builder || !done)
		return kg_error_memory(error);
	result->picture.kind = "trend";
	result->picture.y = value;
	return kg_builder_finish(builder, source->table->from, &result->picture.table, error);
}
